"""Takes for each bin the mean of a mask over the known values, and adds as it goes."""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    old = np.array([x for x in reference if x == x])
    new = np.array([x for x in current if x == x])
    result = 0.0
    edges = [float("-inf"), *cuts, float("inf")]
    for i in range(len(edges) - 1):
        low, high = edges[i], edges[i + 1]
        p = np.mean((old >= low) & (old < high))
        q = np.mean((new >= low) & (new < high))
        if p < 1e-6:
            p = 1e-6
        if q < 1e-6:
            q = 1e-6
        result = result + (q - p) * np.log(q / p)
    return result
