"""Sorts by seconds, whatever a stage needs.

Caught by: stage-order-check-cheapest, stage-order-check-needs, stage-order-check-circle
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    return sorted(stages, key=lambda name: stages[name][0])
