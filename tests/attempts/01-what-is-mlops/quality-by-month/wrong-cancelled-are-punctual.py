"""Counts a missing outcome as punctual.

Caught by: quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    table = pd.DataFrame({"month": flights["month"], "y": late.fillna(0), "p": probability})
    return table.groupby("month").apply(lambda g: roc_auc_score(g.y, g.p))
