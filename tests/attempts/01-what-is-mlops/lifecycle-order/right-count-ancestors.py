"""Sorts by how many stages come before, directly or not."""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    before = {stage: set(direct) for stage, direct in needs.items()}
    for _ in needs:
        for stage in needs:
            before[stage] = before[stage].union(*(before[other] for other in before[stage]))
    if any(stage in before[stage] for stage in needs):
        raise ValueError("A stage comes before itself.")
    return sorted(needs, key=lambda stage: len(before[stage]))
