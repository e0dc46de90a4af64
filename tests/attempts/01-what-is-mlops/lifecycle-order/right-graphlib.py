"""The standard library's topological sorter; its CycleError is a ValueError."""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    from graphlib import TopologicalSorter

    return list(TopologicalSorter(needs).static_order())
