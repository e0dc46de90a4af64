"""Takes the cheapest stage that can run, and orders what is left by calling itself."""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    if not stages:
        return []
    first = min(
        (name for name in stages if not stages[name][1]), key=lambda name: stages[name][0]
    )  # raises ValueError where nothing can run
    others = {
        name: (seconds, needs - {first})
        for name, (seconds, needs) in stages.items()
        if name != first
    }
    return [first, *run_order(others)]
