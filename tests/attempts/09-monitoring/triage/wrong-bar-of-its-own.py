"""Compares the measured AUC with a bar of its own, whatever was promised.

Caught by: triage-check-unharmed, triage-check-concept
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        outside = (known < history[name].min()) | (known > history[name].max())
        if outside.mean() > 0.5:
            return "fix the feed"
    return "retrain" if measured < 0.75 else "nothing"
