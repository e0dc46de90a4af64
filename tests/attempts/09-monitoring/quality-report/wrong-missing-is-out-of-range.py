"""Takes a missing number for one outside of the range.

Caught by: quality-report-check-clean
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name, old in history.items():
        if name not in batch:
            report[name] = "missing column"
        elif batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        elif old.dtype == "category":
            if set(batch[name].dropna()) - set(old.dropna()):
                report[name] = "new category"
        elif (~batch[name].between(old.min(), old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
