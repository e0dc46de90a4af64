"""Cuts the reference into ten bins of equal width, and never looks at the cuts.

Caught by: psi-check-formula, psi-check-tails, psi-check-missing
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    old, edges = np.histogram(reference, bins=10)
    new, _ = np.histogram(current, bins=edges)
    p = np.clip(old / len(reference), 1e-6, None)
    q = np.clip(new / len(current), 1e-6, None)
    return np.sum((q - p) * np.log(q / p))
