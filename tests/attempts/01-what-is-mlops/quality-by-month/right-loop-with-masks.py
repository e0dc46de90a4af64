"""A beginner's loop over the months, with a boolean mask for each."""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    result = {}
    for month in flights["month"].unique():
        rows = (flights["month"] == month) & late.notnull()
        result[month] = roc_auc_score(late[rows], probability[rows])
    return pd.Series(result)
