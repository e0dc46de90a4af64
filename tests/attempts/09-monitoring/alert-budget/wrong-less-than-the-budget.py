"""Wants less than the budget, where as much as the budget is fine.

Caught by: alert-budget-check-kept, alert-budget-check-edges
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    values = np.asarray(quiet)
    return min(value for value in values if np.mean(values > value) < budget)
