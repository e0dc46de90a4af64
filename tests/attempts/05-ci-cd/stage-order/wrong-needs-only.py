"""Puts each stage after its needs, in the order in which they happen to stand.

Caught by: stage-order-check-cheapest
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    done = []
    while len(done) < len(stages):
        for name, (_, needs) in stages.items():
            if name not in done and needs <= set(done):
                done.append(name)
                break
        else:
            raise ValueError("circle")
    return done
