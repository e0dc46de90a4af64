"""A helper gives the reason for one column; a comprehension keeps those that have one."""


def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""

    def reason(name):
        if name not in batch.columns:
            return "missing column"
        old, new = history[name], batch[name]
        if new.isna().mean() - old.isna().mean() > 0.05:
            return "missing values"
        if old.dtype == "category":
            unknown = ~new.dropna().isin(old.dropna().unique())
            return "new category" if unknown.any() else None
        known = new[new.notna()]
        strange = ~known.between(old.min(), old.max())
        return "out of range" if strange.mean() > 0.01 else None

    reasons = {name: reason(name) for name in history.columns}
    return {name: why for name, why in reasons.items() if why}
