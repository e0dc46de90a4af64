"""Gives the probabilities as outcomes and the outcomes as scores.

Caught by: quality-by-month-check-months, quality-by-month-check-values, quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    known = late.notna()
    months = flights["month"][known]
    return pd.Series(
        {
            month: roc_auc_score(probability[rows.index], late[rows.index])
            for month, rows in months.groupby(months)
        }
    )
