"""Collects two lists for each month with plain Python."""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    outcomes, scores = {}, {}
    for month, y, p in zip(flights["month"], late, probability):
        if math.isnan(y):
            continue
        outcomes.setdefault(month, []).append(y)
        scores.setdefault(month, []).append(p)
    return pd.Series({month: roc_auc_score(outcomes[month], scores[month]) for month in outcomes})
