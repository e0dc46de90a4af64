"""Fills up the year with months that have no flights.

Caught by: quality-by-month-check-months
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    known = late.notna()
    months = flights["month"][known]
    auc = months.groupby(months).apply(
        lambda rows: roc_auc_score(late[rows.index], probability[rows.index])
    )
    return auc.reindex(range(1, 13))
