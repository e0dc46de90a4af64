"""Compares numbers of rows: three times as many flights look like drift.

Caught by: psi-check-no-shift, psi-check-formula, psi-check-tails, psi-check-missing
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    edges = [-np.inf, *cuts, np.inf]
    p = np.clip(np.histogram(reference, edges)[0], 1e-6, None)
    q = np.clip(np.histogram(current, edges)[0], 1e-6, None)
    return np.sum((q - p) * np.log(q / p))
