"""Looks at the feed only where the model has lost quality already.

Caught by: triage-check-feed, triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    if promised - measured <= 0.05:
        return "nothing"
    for name in history.columns:
        known = batch[name].dropna()
        if ((known < history[name].min()) | (known > history[name].max())).mean() > 0.5:
            return "fix the feed"
    return "retrain"
