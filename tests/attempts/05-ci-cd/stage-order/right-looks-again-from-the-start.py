"""Goes through the stages by cost, and begins again after each one that it takes."""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    by_cost = sorted(stages, key=lambda name: stages[name][0])
    order = []
    while by_cost:
        for name in by_cost:
            if all(need in order for need in stages[name][1]):
                order.append(name)
                by_cost.remove(name)
                break
        else:
            raise ValueError(by_cost)
    return tuple(order)
