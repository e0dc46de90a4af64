"""Adds two columns to the flights that were given.

Caught by: quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    flights["late"] = late
    flights["probability"] = probability
    known = flights[flights["late"].notna()]
    return known.groupby("month").apply(lambda g: roc_auc_score(g["late"], g["probability"]))
