"""Goes through the stages by cost once more only when it has come to the end.

Caught by: stage-order-check-cheapest
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    done, left = [], sorted(stages, key=lambda name: stages[name][0])
    while left:
        before = len(left)
        for name in list(left):
            if stages[name][1] <= set(done):
                done.append(name)
                left.remove(name)
        if len(left) == before:
            raise ValueError("circle")
    return done
