"""Counts with np.histogram between infinite ends, which passes over missing values."""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    edges = [-np.inf, *cuts, np.inf]
    old, _ = np.histogram(reference, edges)
    new, _ = np.histogram(current, edges)
    p = np.maximum(old / old.sum(), 1e-6)
    q = np.maximum(new / new.sum(), 1e-6)
    return ((q - p) * np.log(q / p)).sum()
