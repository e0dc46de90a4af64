"""Forgives a new category, like a number out of range, up to 1 % of the values.

Caught by: quality-report-check-values
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    report = {}
    for name, old in history.items():
        if name not in batch:
            report[name] = "missing column"
            continue
        known = batch[name].dropna()
        if batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        elif isinstance(old.dtype, pd.CategoricalDtype):
            if (~known.isin(old.dropna().unique())).mean() > 0.01:
                report[name] = "new category"
        elif (~known.between(old.min(), old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
