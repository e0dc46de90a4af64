"""Does nothing about missing outcomes.

Caught by: quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    months = flights["month"]
    return pd.Series(
        {m: roc_auc_score(late[months == m], probability[months == m]) for m in months.unique()}
    )
