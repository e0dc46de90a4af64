"""Lets searchsorted put missing values into the last bin.

Caught by: psi-check-missing
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    shares = []
    for sample in (reference, current):
        counts = np.bincount(np.searchsorted(cuts, sample, side="right"), minlength=len(cuts) + 1)
        shares.append(np.clip(counts / counts.sum(), 1e-6, None))
    p, q = shares
    return np.sum((q - p) * np.log(q / p))
