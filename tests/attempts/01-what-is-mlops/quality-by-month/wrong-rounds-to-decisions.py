"""Scores decisions of 0 and 1 instead of probabilities.

Caught by: quality-by-month-check-values
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    known = late.notna()
    result = {}
    for month in flights["month"][known].unique():
        rows = known & (flights["month"] == month)
        result[month] = roc_auc_score(late[rows], probability[rows].round())
    return pd.Series(result)
