"""Runs all that can run by cost, and only then looks at what has become free.

Caught by: stage-order-check-cheapest
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    done = []
    while len(done) < len(stages):
        ready = [n for n in stages if n not in done and stages[n][1] <= set(done)]
        if not ready:
            raise ValueError("circle")
        done += sorted(ready, key=lambda n: stages[n][0])
    return done
