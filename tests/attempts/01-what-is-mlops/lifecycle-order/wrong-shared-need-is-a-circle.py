"""Takes a stage that two others need for a circle.

Caught by: lifecycle-order-check-each-once, lifecycle-order-check-needs-first
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    order = []

    def visit(stage):
        if stage in order:
            raise ValueError("circle at " + stage)
        order.append(stage)
        for other in needs[stage]:
            visit(other)

    needed = set().union(*needs.values())
    for stage in needs:
        if stage not in needed:
            visit(stage)
    if len(order) < len(needs):
        raise ValueError("circle")
    return order[::-1]
