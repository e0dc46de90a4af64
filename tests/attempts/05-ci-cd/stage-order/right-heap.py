"""Counts what each stage still waits for, and keeps what can run in a heap."""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    import heapq

    missing = {name: len(needs) for name, (_, needs) in stages.items()}
    free = [(stages[name][0], name) for name, count in missing.items() if count == 0]
    heapq.heapify(free)
    order = []
    while free:
        _, current = heapq.heappop(free)
        order.append(current)
        for name, (seconds, needs) in stages.items():
            if current in needs:
                missing[name] -= 1
                if missing[name] == 0:
                    heapq.heappush(free, (seconds, name))
    if len(order) < len(stages):
        raise ValueError(f"a circle: {set(stages) - set(order)}")
    return order
