"""Looks for two stages that need each other, and for no longer circle.

Caught by: lifecycle-order-check-circle
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    for stage in needs:
        for other in needs[stage]:
            if stage in needs[other]:
                raise ValueError(f"{stage} and {other} wait for each other")
    order = []
    for _ in needs:
        order += [s for s in needs if s not in order and needs[s] <= set(order)]
    return order
