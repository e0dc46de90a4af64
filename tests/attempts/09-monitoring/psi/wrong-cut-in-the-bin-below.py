"""Puts a value that equals a cut into the bin below it.

Caught by: psi-check-formula
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    shares = []
    for sample in (reference, current):
        known = sample[~np.isnan(sample)]
        counts = np.bincount(np.digitize(known, cuts, right=True), minlength=len(cuts) + 1)
        shares.append(np.clip(counts / len(known), 1e-6, None))
    p, q = shares
    return np.sum((q - p) * np.log(q / p))
