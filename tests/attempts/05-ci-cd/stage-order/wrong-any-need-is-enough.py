"""Runs a stage as soon as one of its needs is done.

Caught by: stage-order-check-cheapest, stage-order-check-needs
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    done = []
    while len(done) < len(stages):
        ready = [
            (seconds, name)
            for name, (seconds, needs) in stages.items()
            if name not in done and (not needs or needs & set(done))
        ]
        if not ready:
            raise ValueError("circle")
        done.append(min(ready)[1])
    return done
