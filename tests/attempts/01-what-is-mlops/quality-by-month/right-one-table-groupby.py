"""Puts everything into one table and groups it."""


def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    table = pd.DataFrame({"month": flights["month"], "late": late, "probability": probability})
    by_month = table.dropna(subset=["late"]).groupby("month")
    return by_month.apply(lambda rows: roc_auc_score(rows["late"], rows["probability"]))
