"""Looks for two stages that need each other, and for no longer circle.

Caught by: stage-order-check-circle
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    for name, (_, needs) in stages.items():
        for need in needs:
            if name in stages[need][1]:
                raise ValueError(f"{name} and {need} wait for each other")
    done = []
    while len(done) < len(stages):
        ready = [(stages[n][0], n) for n in stages if n not in done and stages[n][1] <= set(done)]
        if not ready:
            return done
        done.append(min(ready)[1])
    return done
