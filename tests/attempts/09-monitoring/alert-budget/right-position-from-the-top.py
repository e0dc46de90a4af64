"""Lets so many lie above, and takes the next of the sorted values."""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    may_ring = min(math.floor(budget * len(quiet) + 1e-9), len(quiet) - 1)
    return sorted(quiet, reverse=True)[may_ring]
