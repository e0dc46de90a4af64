"""Plain Python over lists of known values, with numpy's strings for the reasons."""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    words = np.array(["missing column", "missing values", "out of range", "new category"])
    report = {}
    for name in list(history):
        if name not in list(batch):
            report[name] = words[0]
            continue
        old = [v for v in history[name].tolist() if not pd.isna(v)]
        new = [v for v in batch[name].tolist() if not pd.isna(v)]
        if 1 - len(new) / len(batch) > 1 - len(old) / len(history) + 0.05:
            report[name] = words[1]
        elif isinstance(history[name].dtype, pd.CategoricalDtype):
            if not all(v in old for v in dict.fromkeys(new)):
                report[name] = words[3]
        elif new:
            lowest, highest = min(old), max(old)
            outside = [v for v in new if v < lowest or v > highest]
            if len(outside) / len(new) > 0.01:
                report[name] = words[2]
    return report
