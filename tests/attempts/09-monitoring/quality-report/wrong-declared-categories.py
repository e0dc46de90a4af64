"""Compares the categories that are declared, not the values of the rows.

Caught by: quality-report-check-values
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name, old in history.items():
        if name not in batch:
            report[name] = "missing column"
            continue
        new = batch[name].dropna()
        if batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        elif old.dtype == "category":
            if len(batch[name].cat.categories.difference(old.cat.categories)):
                report[name] = "new category"
        elif ((new < old.min()) | (new > old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
