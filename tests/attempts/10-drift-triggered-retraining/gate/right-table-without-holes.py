"""Puts all in a table, and drops the rows of unknown outcome."""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    table = pd.DataFrame({"late": late, "old": champion, "new": challenger})
    if table["new"].isna().any():
        return False
    table = table.dropna(subset=["late"])
    if len(table) < min_rows or table["late"].nunique() != 2:
        return False
    old, new = (roc_auc_score(table["late"], table[name]) for name in ("old", "new"))
    return new > old + margin
