"""Takes what is not above: one less the share at or below."""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    values = np.array(quiet)
    return min(value for value in values if 1 - np.mean(values <= value) <= budget)
