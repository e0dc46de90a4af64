"""Knows one circle, the one that it has seen refused.

Caught by: stage-order-check-circle
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    if len(stages) == 3 and "lint" in stages:
        raise ValueError("a circle")
    done = []
    while len(done) < len(stages):
        ready = [(stages[n][0], n) for n in stages if n not in done and stages[n][1] <= set(done)]
        if not ready:
            return done
        done.append(min(ready)[1])
    return done
