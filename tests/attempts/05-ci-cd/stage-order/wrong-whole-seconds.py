"""Cuts the seconds down to whole ones, so that many stages take the same.

Caught by: stage-order-check-cheapest
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    done = []
    while len(done) < len(stages):
        ready = [
            (int(seconds), name)
            for name, (seconds, needs) in stages.items()
            if name not in done and needs <= set(done)
        ]
        if not ready:
            raise ValueError("a circle")
        done.append(min(ready)[1])
    return done
