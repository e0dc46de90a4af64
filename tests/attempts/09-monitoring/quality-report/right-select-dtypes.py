"""Takes the columns of each kind with select_dtypes, and the shares of whole tables."""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = dict.fromkeys(history.columns.difference(batch.columns, sort=False), "missing column")
    holes = batch.isna().mean() - history.isna().mean()
    for name in holes.index[holes > 0.05]:
        report[name] = "missing values"
    left = history.drop(columns=list(report))
    numbers = left.select_dtypes("number")
    same = batch[numbers.columns]
    strange = ((same < numbers.min()) | (same > numbers.max())).sum() / same.count()
    for name in strange.index[strange > 0.01]:
        report[name] = "out of range"
    for name in left.select_dtypes("category"):
        if any(value not in left[name].unique() for value in batch[name].dropna().unique()):
            report[name] = "new category"
    return report
