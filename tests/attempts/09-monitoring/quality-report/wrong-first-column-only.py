"""Returns the report with the first column that is not fit.

Caught by: quality-report-check-missing, quality-report-check-values
"""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    for name in history.columns:
        if name not in batch:
            return {name: "missing column"}
        old, new = history[name], batch[name].dropna()
        if batch[name].isna().mean() > old.isna().mean() + 0.05:
            return {name: "missing values"}
        if old.dtype == "category":
            if set(new) - set(old.dropna()):
                return {name: "new category"}
        elif ((new < old.min()) | (new > old.max())).mean() > 0.01:
            return {name: "out of range"}
    return {}
