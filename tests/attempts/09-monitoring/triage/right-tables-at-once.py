"""Compares whole tables: both sides of the range by column, and a count of known values."""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    outside = batch.lt(history.min(), axis=1) | batch.gt(history.max(), axis=1)
    if (outside.sum() > 0.5 * batch.count()).any():
        return "fix the feed"
    if promised - measured > 0.05:
        return "retrain"
    return "nothing"
