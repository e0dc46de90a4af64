"""Retrains as soon as the AUC is lower than promised.

Caught by: triage-check-unharmed
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        if ((known < history[name].min()) | (known > history[name].max())).mean() > 0.5:
            return "fix the feed"
    return "retrain" if measured < promised else "nothing"
