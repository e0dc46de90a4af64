"""Calls the feed broken as soon as one value lies outside.

Caught by: triage-check-unharmed, triage-check-concept, triage-check-feed, triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        if known.min() < history[name].min() or known.max() > history[name].max():
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
