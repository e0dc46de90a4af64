"""Rounds the loss of AUC to hundredths before it compares it.

Caught by: triage-check-concept
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        outside = (known < history[name].min()) | (known > history[name].max())
        if outside.mean() > 0.5:
            return "fix the feed"
    return "retrain" if round(promised - measured, 2) > 0.05 else "nothing"
