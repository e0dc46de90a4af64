"""Forgets that the values are in the order of time.

Caught by: alert-budget-check-kept, alert-budget-check-edges
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    may_ring = min(int(budget * len(quiet)), len(quiet) - 1)
    return quiet[len(quiet) - 1 - may_ring]
