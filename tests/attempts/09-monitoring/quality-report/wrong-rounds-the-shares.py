"""Rounds the shares of missing values to whole percents before it compares them.

Caught by: quality-report-check-missing
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name, old in history.items():
        if name not in batch:
            report[name] = "missing column"
            continue
        known = batch[name].dropna()
        if round(batch[name].isna().mean() - old.isna().mean(), 2) > 0.05:
            report[name] = "missing values"
        elif isinstance(old.dtype, pd.CategoricalDtype):
            if not known.isin(old.dropna().unique()).all():
                report[name] = "new category"
        elif (~known.between(old.min(), old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
