"""Keeps the stages in a table, and takes the first row that is ready."""


def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    table = pd.DataFrame(stages, index=["seconds", "needs"]).T.sort_values("seconds")
    done = []
    while len(table):
        ready = table.index[[needs <= set(done) for needs in table["needs"]]]
        if not len(ready):
            raise ValueError("circle")
        done.append(ready[0])
        table = table.drop(ready[0])
    return np.array(done)
