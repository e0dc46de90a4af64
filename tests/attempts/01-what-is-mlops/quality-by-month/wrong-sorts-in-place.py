"""Sorts the flights that it was given.

Caught by: quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    flights.sort_values("month", inplace=True)
    months = flights["month"][late.notna()]
    return pd.Series(
        {
            month: roc_auc_score(late[rows.index], probability[rows.index])
            for month, rows in months.groupby(months)
        }
    )
