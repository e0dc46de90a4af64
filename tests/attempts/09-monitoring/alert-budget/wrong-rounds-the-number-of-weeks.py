"""Rounds the number of weeks that may ring, sometimes up.

Caught by: alert-budget-check-kept
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    may_ring = round(budget * len(quiet))
    return sorted(quiet, reverse=True)[min(may_ring, len(quiet) - 1)]
