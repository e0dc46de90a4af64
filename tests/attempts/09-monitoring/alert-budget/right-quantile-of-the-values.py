"""The quantile of numpy that does not interpolate."""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    return np.quantile(quiet, 1 - budget, method="inverted_cdf")
