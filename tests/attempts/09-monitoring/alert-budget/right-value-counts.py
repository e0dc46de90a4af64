"""Counts equal values together with pandas, and the share from the top."""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    rows = pd.Series(quiet).value_counts().sort_index(ascending=False)
    above = (rows.cumsum() - rows) / len(quiet)
    return above[above <= budget].index.min()
