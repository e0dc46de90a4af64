"""Takes labels of the index for positions.

Caught by: quality-by-month-check-months, quality-by-month-check-values, quality-by-month-check-missing
"""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    result = {}
    for month in flights["month"].unique():
        positions = [i for i in flights.index[flights["month"] == month] if late.iloc[i] >= 0]
        result[month] = roc_auc_score(late.iloc[positions], probability.iloc[positions])
    return pd.Series(result)
