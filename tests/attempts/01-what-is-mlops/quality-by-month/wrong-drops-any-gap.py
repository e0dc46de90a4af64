"""Drops a flight for a gap in any column, not in the outcome only.

Caught by: quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    table = flights.assign(late=late, probability=probability).dropna()
    return table.groupby("month").apply(lambda rows: roc_auc_score(rows.late, rows.probability))
