"""Takes a missing value for a new category.

Caught by: quality-report-check-clean
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
            if not batch[name].isin(old.unique().dropna()).all():
                report[name] = "new category"
        elif ((new < old.min()) | (new > old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
