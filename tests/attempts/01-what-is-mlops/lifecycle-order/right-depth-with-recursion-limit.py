"""Sorts by depth; a circle is endless recursion, and is turned into a ValueError."""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    depth = lambda stage: max([1 + depth(other) for other in needs[stage]], default=0)
    try:
        return sorted(needs, key=depth)
    except RecursionError:
        raise ValueError("The stages wait for each other in a circle.")
