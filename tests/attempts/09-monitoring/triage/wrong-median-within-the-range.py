"""Asks for the median, which stays inside if half is too high and half too low.

Caught by: triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        low, high = history[name].min(), history[name].max()
        if known.median() < low or known.median() > high:
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
