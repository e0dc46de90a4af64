"""Overwrites an earlier reason by a later one.

Caught by: quality-report-check-values
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name in history.columns:
        if name not in batch.columns:
            report[name] = "missing column"
            continue
        old, new = history[name], batch[name].dropna()
        if batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        if old.dtype == "category":
            if set(new) - set(old.dropna()):
                report[name] = "new category"
        elif ((new < old.min()) | (new > old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
