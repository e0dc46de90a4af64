"""Leaves out the bins that are empty in one of the samples.

Caught by: psi-check-tails
"""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    edges = [-np.inf, *cuts, np.inf]
    old, new = np.histogram(reference, edges)[0], np.histogram(current, edges)[0]
    total = 0
    for p, q in zip(old / old.sum(), new / new.sum()):
        if p > 0 and q > 0:
            total += (q - p) * np.log(q / p)
    return total
