"""Looks every column up, also one that the batch does not have.

Caught by: quality-report-check-missing
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name in history.columns:
        old, new = history[name], batch[name].dropna()
        if batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        elif old.dtype == "category":
            if set(new) - set(old.dropna()):
                report[name] = "new category"
        elif ((new < old.min()) | (new > old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
