"""Sorts the reference where it lies, and counts in it by bisection.

Caught by: psi-check-missing
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    reference.sort()
    known = reference[: np.count_nonzero(~np.isnan(reference))]
    below = np.searchsorted(known, cuts, side="left")
    old = np.diff([0, *below, len(known)])
    new = np.histogram(current, [-np.inf, *cuts, np.inf])[0]
    p, q = (np.clip(part / part.sum(), 1e-6, None) for part in (old, new))
    return np.sum((q - p) * np.log(q / p))
