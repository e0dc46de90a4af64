"""Goes through the reasons from the last to the first, so that the first one overwrites."""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    there = [name for name in history.columns if name in set(batch.columns)]
    report = {}
    for name in there:
        if str(history[name].dtype) == "category":
            if not set(batch[name].dropna()).issubset(history[name].unique()):
                report[name] = "new category"
        else:
            low, high = history[name].min(), history[name].max()
            count = batch[name].count()
            if ((batch[name] < low) | (batch[name] > high)).sum() > 0.01 * count:
                report[name] = "out of range"
    for name in there:
        if batch[name].isnull().mean() > history[name].isnull().mean() + 0.05:
            report[name] = "missing values"
    for name in history.columns:
        if name not in there:
            report[name] = "missing column"
    return report
