"""Where stages need each other, it returns those that can run.

Caught by: stage-order-check-circle
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    done = []
    while True:
        ready = [(stages[n][0], n) for n in stages if n not in done and stages[n][1] <= set(done)]
        if not ready:
            return done
        done.append(min(ready)[1])
