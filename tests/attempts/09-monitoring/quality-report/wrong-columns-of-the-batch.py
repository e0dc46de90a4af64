"""Goes through the columns of the batch, where a missing one is not found and a new one is unknown.

Caught by: quality-report-check-clean, quality-report-check-missing
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name, column in batch.items():
        if name not in history:
            report[name] = "missing column"
            continue
        old, new = history[name], column.dropna()
        if column.isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        elif old.dtype == "category":
            if set(new) - set(old.dropna()):
                report[name] = "new category"
        elif ((new < old.min()) | (new > old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
