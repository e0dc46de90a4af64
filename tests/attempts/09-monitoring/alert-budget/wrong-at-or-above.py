"""Counts the bar itself among the weeks that ring.

Caught by: alert-budget-check-kept, alert-budget-check-edges
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    values = np.asarray(quiet)
    return min([v for v in values if np.mean(values >= v) <= budget], default=values.max())
