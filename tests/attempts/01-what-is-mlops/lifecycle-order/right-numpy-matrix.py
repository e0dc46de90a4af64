"""A matrix of who waits for whom, and numpy's sort."""


def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    names = np.array(list(needs), dtype=str)
    waits = np.array([[b in needs[a] for b in needs] for a in needs], dtype=bool)
    for k in range(len(names)):
        waits = waits | np.outer(waits[:, k], waits[k]) if len(names) else waits
    if len(names) and waits.diagonal().any():
        raise ValueError("circle")
    return list(names[np.argsort(waits.sum(axis=1), kind="stable")]) if len(names) else []
