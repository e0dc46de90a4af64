"""Returns a dictionary, not a Series.

Caught by: quality-by-month-check-months, quality-by-month-check-values
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    known = late.notna()
    result = {}
    for month in sorted(set(flights["month"])):
        rows = known & (flights["month"] == month)
        result[month] = roc_auc_score(late[rows], probability[rows])
    return result
