"""Looks for missing outcomes with `!=`, which NaN always passes.

Caught by: quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    result = {}
    for month in sorted(flights["month"].unique()):
        rows = (flights["month"] == month) & (late != np.nan)
        result[month] = roc_auc_score(late[rows], probability[rows])
    return pd.Series(result)
