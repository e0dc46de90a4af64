"""Says that it is impossible, and returns an empty list.

Caught by: lifecycle-order-check-circle
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    order = []
    while len(order) < len(needs):
        ready = [s for s in needs if s not in order and all(o in order for o in needs[s])]
        if not ready:
            print("impossible: the stages wait for each other")
            return []
        order.extend(ready)
    return order
