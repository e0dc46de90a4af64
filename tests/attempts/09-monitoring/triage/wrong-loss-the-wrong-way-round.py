"""Subtracts the other way round: a loss is negative, and never above the bar.

Caught by: triage-check-unharmed, triage-check-concept
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        if ((known < history[name].min()) | (known > history[name].max())).mean() > 0.5:
            return "fix the feed"
    return "retrain" if measured - promised > 0.05 else "nothing"
