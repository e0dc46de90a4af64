"""Reads the range off describe, and flags the broken columns in a list."""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    summary = history.describe()
    broken = []
    for name in summary.columns:
        inside = batch[name].between(summary.loc["min", name], summary.loc["max", name])
        known = batch[name].notna()
        broken.append((known & ~inside).sum() / max(known.sum(), 1) > 0.5)
    if any(broken):
        return "fix the feed"
    elif measured < promised - 0.05:
        return "retrain"
    else:
        return "nothing"
