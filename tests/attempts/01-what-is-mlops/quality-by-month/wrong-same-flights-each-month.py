"""Scores all flights for every month.

Caught by: quality-by-month-check-values, quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    known = late.notna()
    auc = {}
    for month in flights["month"].unique():
        auc[month] = roc_auc_score(late[known], probability[known])
    return pd.Series(auc)
