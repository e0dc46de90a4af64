"""Sorts the values that were given.

Caught by: alert-budget-check-kept
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    quiet.sort()
    may_ring = min(int(budget * len(quiet)), len(quiet) - 1)
    return quiet[len(quiet) - 1 - may_ring]
