"""Takes the mean and two standard deviations, whatever the budget.

Caught by: alert-budget-check-kept, alert-budget-check-edges
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    return np.mean(quiet) + 2 * np.std(quiet)
