"""Takes away all that is ready, level by level, from a copy."""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    left = {stage: set(before) for stage, before in needs.items()}
    order = []
    while left:
        ready = sorted(stage for stage, before in left.items() if not before)
        if ready == []:
            raise ValueError("circle: " + ", ".join(left))
        order += ready
        left = {s: before.difference(ready) for s, before in left.items() if s not in ready}
    return order
