"""np.digitize for the bins and a Counter for the rows of each."""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    from collections import Counter

    def share_of(sample):
        sample = np.asarray(sample)
        known = sample[~np.isnan(sample)]
        rows = Counter(np.digitize(known, cuts).tolist())
        return {b: max(rows[b] / known.size, 1e-6) for b in range(len(cuts) + 1)}

    p, q = share_of(reference), share_of(current)
    return sum((q[b] - p[b]) * (math.log(q[b]) - math.log(p[b])) for b in p)
