"""Counts equal values as one.

Caught by: alert-budget-check-edges
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    values = np.unique(quiet)
    return min(value for value in values if np.mean(values > value) <= budget)
