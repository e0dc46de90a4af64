"""Crosses needs off in the sets that it was given.

Caught by: stage-order-check-needs
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    left, done = dict(stages), []
    while left:
        ready = [name for name in left if not left[name][1]]
        if not ready:
            raise ValueError("circle")
        name = min(ready, key=lambda n: left[n][0])
        del left[name]
        done.append(name)
        for _, needs in left.values():
            needs.discard(name)
    return done
