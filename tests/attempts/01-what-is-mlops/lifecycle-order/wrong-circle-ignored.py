"""Marks a stage as seen when it is entered, so that a circle ends in silence.

Caught by: lifecycle-order-check-circle
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    seen, order = set(), []

    def visit(stage):
        if stage not in seen:
            seen.add(stage)
            for other in needs[stage]:
                visit(other)
            order.append(stage)

    for stage in needs:
        visit(stage)
    return order
