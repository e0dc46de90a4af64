"""Fills the holes of the batch that was given with the most frequent value.

Caught by: quality-report-check-clean, quality-report-check-values
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name, old in history.items():
        if name not in batch:
            report[name] = "missing column"
        elif batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        else:
            batch[name] = batch[name].fillna(old.mode()[0])
            if old.dtype == "category":
                if set(batch[name]) - set(old.dropna()):
                    report[name] = "new category"
            elif ((batch[name] < old.min()) | (batch[name] > old.max())).mean() > 0.01:
                report[name] = "out of range"
    return report
