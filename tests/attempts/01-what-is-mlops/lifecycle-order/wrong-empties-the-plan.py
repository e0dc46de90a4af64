"""Crosses out in the plan that was given what is done.

Caught by: lifecycle-order-check-needs-first
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    order = []
    while len(order) < len(needs):
        ready = [s for s in needs if s not in order and not needs[s]]
        if not ready:
            raise ValueError("The stages wait for each other.")
        for stage in ready:
            order.append(stage)
            for others in needs.values():
                others.discard(stage)
    return order
