"""Takes a large PSI for a broken feed.

Caught by: triage-check-unharmed, triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    if any(drift.psi(history[name], batch[name]) > 0.25 for name in history):
        return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
