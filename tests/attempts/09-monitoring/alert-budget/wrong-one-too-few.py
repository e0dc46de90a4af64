"""Miscounts from the end of the sorted list: one week less may ring.

Caught by: alert-budget-check-kept, alert-budget-check-edges
"""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    may_ring = max(int(budget * len(quiet)), 1)
    return sorted(quiet)[-may_ring]
