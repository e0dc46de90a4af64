"""Takes the cuts for the edges of all bins: what lies outside of them is not counted.

Caught by: psi-check-formula, psi-check-tails
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    old, new = np.histogram(reference, cuts)[0], np.histogram(current, cuts)[0]
    p = np.clip(old / max(old.sum(), 1), 1e-6, None)
    q = np.clip(new / max(new.sum(), 1), 1e-6, None)
    return np.sum((q - p) * np.log(q / p))
