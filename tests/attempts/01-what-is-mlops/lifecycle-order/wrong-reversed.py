"""The right search, but the last stage comes first.

Caught by: lifecycle-order-check-needs-first
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    order = []
    left = dict(needs)
    while left:
        ready = [stage for stage in left if not needs[stage] & set(left)]
        if not ready:
            raise ValueError("circle")
        for stage in ready:
            order.insert(0, stage)
            del left[stage]
    return order
