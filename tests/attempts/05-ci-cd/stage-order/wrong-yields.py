"""Is a generator: nothing is raised before somebody asks for the first stage.

Caught by: stage-order-check-circle
"""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    done = []
    while len(done) < len(stages):
        ready = [(stages[n][0], n) for n in stages if n not in done and stages[n][1] <= set(done)]
        if not ready:
            raise ValueError("circle")
        done.append(min(ready)[1])
        yield done[-1]
