"""Divides by all rows, those with a missing value too.

Caught by: triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        outside = (batch[name] < history[name].min()) | (batch[name] > history[name].max())
        if outside.sum() > 0.5 * len(batch):
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
