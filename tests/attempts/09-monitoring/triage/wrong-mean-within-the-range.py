"""Asks whether the mean of a column has left the range.

Caught by: triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    mean = batch.mean()
    if ((mean < history.min()) | (mean > history.max())).any():
        return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
