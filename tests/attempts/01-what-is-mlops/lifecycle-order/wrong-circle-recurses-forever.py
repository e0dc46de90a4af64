"""A circle ends in a RecursionError.

Caught by: lifecycle-order-check-circle
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""

    def visit(stage, order):
        for other in needs[stage]:
            visit(other, order)
        if stage not in order:
            order.append(stage)
        return order

    order = []
    for stage in needs:
        visit(stage, order)
    return order
