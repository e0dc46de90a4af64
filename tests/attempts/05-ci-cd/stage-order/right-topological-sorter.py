"""Lets the standard library keep count; its error for a circle is a ValueError."""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    from graphlib import TopologicalSorter

    sorter = TopologicalSorter({name: needs for name, (seconds, needs) in stages.items()})
    sorter.prepare()
    order, waiting = [], set()
    while sorter.is_active():
        waiting.update(sorter.get_ready())
        cheapest = min(waiting, key=lambda name: stages[name][0])
        waiting.remove(cheapest)
        sorter.done(cheapest)
        order.append(cheapest)
    return order
