"""Takes numpy's quantile that rounds up, which counts the gaps and not the values.

Caught by: alert-budget-check-kept, alert-budget-check-edges
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    return np.quantile(quiet, 1 - budget, method="higher")
