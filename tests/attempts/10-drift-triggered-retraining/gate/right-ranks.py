"""Computes AUC from ranks in plain Python, and lets the error of a division by zero say no."""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    rows = [(y, a, b) for y, a, b in zip(late, champion, challenger) if y == y]
    if len(rows) < min_rows or any(b != b for b in challenger):
        return False

    def auc(column):
        ranks = pd.Series([float(row[column]) for row in rows]).rank().tolist()
        late_ranks = [rank for rank, row in zip(ranks, rows) if row[0] == 1]
        m = len(late_ranks)
        return (sum(late_ranks) - m * (m + 1) / 2) / (m * (len(rows) - m))

    try:
        return auc(2) > auc(1) + margin
    except ZeroDivisionError:
        return False
