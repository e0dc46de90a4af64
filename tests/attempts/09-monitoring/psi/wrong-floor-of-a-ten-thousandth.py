"""Counts an empty bin as 0.0001, as other books do.

Caught by: psi-check-tails
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    edges = [-np.inf, *cuts, np.inf]
    old, new = np.histogram(reference, edges)[0], np.histogram(current, edges)[0]
    p = np.clip(old / old.sum(), 1e-4, None)
    q = np.clip(new / new.sum(), 1e-4, None)
    return np.sum((q - p) * np.log(q / p))
