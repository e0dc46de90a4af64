"""Forgets the empty bins: the logarithm of 0 is no number.

Caught by: psi-check-tails
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    edges = [-np.inf, *cuts, np.inf]
    old, new = np.histogram(reference, edges)[0], np.histogram(current, edges)[0]
    p, q = old / old.sum(), new / new.sum()
    return np.sum((q - p) * np.log(q / p))
