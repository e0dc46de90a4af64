"""Clips the batch to the known range, in place, to see what changes.

Caught by: triage-check-feed, triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        batch[name] = batch[name].clip(history[name].min(), history[name].max())
        if (known != batch[name].dropna()).mean() > 0.5:
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
