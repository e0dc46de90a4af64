"""Looks at the AUC only.

Caught by: triage-check-feed, triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    if promised - measured > 0.05:
        return "retrain"
    return "nothing"
