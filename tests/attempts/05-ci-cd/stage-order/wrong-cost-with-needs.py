"""Compares what a stage costs together with all that it needs.

Caught by: stage-order-check-cheapest
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""

    def whole(name, above=()):
        if name in above:
            raise ValueError("circle")
        seconds, needs = stages[name]
        return seconds + sum(whole(need, (*above, name)) for need in needs)

    return sorted(stages, key=whole)
