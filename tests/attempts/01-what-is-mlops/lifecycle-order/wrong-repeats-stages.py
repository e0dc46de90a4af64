"""Puts in all that a stage needs, again for each stage that needs it.

Caught by: lifecycle-order-check-each-once, lifecycle-order-check-needs-first
"""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""

    def chain(stage, path=()):
        if stage in path:
            raise ValueError("circle")
        stages = []
        for other in needs[stage]:
            stages += chain(other, (*path, stage))
        return [*stages, stage]

    order = []
    for stage in needs:
        order += chain(stage)
    return order
