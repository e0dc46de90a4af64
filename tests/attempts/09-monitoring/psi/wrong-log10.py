"""Takes the logarithm to base 10.

Caught by: psi-check-formula, psi-check-tails
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    edges = [-np.inf, *cuts, np.inf]
    old, new = np.histogram(reference, edges)[0], np.histogram(current, edges)[0]
    p = np.clip(old / old.sum(), 1e-6, None)
    q = np.clip(new / new.sum(), 1e-6, None)
    return np.sum((q - p) * np.log10(q / p))
