"""Arrays and two lists, without any grouping."""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    known = ~np.isnan(late.to_numpy())
    months = flights["month"].to_numpy()[known]
    y = late.to_numpy()[known]
    p = probability.to_numpy()[known]
    index = np.unique(months)
    return pd.Series([roc_auc_score(y[months == m], p[months == m]) for m in index], index=index)
