"""Compares each value with each other in one matrix."""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    values = np.array(quiet)
    above = (values[np.newaxis, :] > values[:, np.newaxis]).mean(axis=1)
    return values[above <= budget].min()
