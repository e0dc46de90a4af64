"""Sorts by how many stages each one names, which forgets theirs.

Caught by: lifecycle-order-check-needs-first, lifecycle-order-check-circle
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    return sorted(needs, key=lambda stage: len(needs[stage]))
