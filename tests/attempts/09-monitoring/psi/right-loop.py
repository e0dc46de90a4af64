"""Plain Python: a counter for each bin, one value after the other."""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""

    def shares(sample):
        counts = [0] * (len(cuts) + 1)
        for value in sample:
            if not math.isnan(value):
                counts[sum(value >= cut for cut in cuts)] += 1
        return [max(count / sum(counts), 1e-6) for count in counts]

    total = 0
    for p, q in zip(shares(reference), shares(current)):
        total += (q - p) * math.log(q / p)
    return total
