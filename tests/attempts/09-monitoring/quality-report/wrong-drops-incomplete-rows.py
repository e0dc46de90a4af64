"""Judges the values by the rows that are complete: where a column is empty there are none left.

Caught by: quality-report-check-missing
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    complete = batch.dropna()
    for name, old in history.items():
        if name not in batch:
            report[name] = "missing column"
        elif batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        elif old.dtype == "category":
            if set(complete[name]) - set(old.dropna()):
                report[name] = "new category"
        elif ((complete[name] < old.min()) | (complete[name] > old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
