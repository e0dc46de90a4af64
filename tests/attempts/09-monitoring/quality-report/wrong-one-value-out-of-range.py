"""Reports a column as soon as one value lies outside.

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
            if set(new) - set(old.dropna()):
                report[name] = "new category"
        elif new.min() < old.min() or new.max() > old.max():
            report[name] = "out of range"
    return report
