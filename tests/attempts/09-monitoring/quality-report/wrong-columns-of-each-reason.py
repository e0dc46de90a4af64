"""Has it the wrong way round: a dictionary of reason to columns.

Caught by: quality-report-check-missing, quality-report-check-values
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name, old in history.items():
        if name not in batch:
            report.setdefault("missing column", []).append(name)
            continue
        new = batch[name].dropna()
        if batch[name].isna().mean() > old.isna().mean() + 0.05:
            report.setdefault("missing values", []).append(name)
        elif old.dtype == "category":
            if set(new) - set(old.dropna()):
                report.setdefault("new category", []).append(name)
        elif ((new < old.min()) | (new > old.max())).mean() > 0.01:
            report.setdefault("out of range", []).append(name)
    return report
