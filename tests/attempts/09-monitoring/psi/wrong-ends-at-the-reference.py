"""Closes the outer bins at the reference's lowest and highest value: what lies beyond is lost.

Caught by: psi-check-tails
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    old = np.asarray(reference)[~np.isnan(reference)]
    new = np.asarray(current)[~np.isnan(current)]
    edges = np.sort([min(old.min(), cuts[0]), *cuts, max(old.max(), cuts[-1])])
    p = np.clip(np.histogram(old, edges)[0] / len(old), 1e-6, None)
    q = np.clip(np.histogram(new, edges)[0] / len(new), 1e-6, None)
    return np.sum((q - p) * np.log(q / p))
