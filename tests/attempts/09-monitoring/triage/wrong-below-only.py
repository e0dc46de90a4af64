"""Looks for values that are too low only.

Caught by: triage-check-feed, triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        if (batch[name].dropna() < history[name].min()).mean() > 0.5:
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
