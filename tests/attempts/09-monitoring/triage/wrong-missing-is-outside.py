"""Takes a missing value for one outside of the range.

Caught by: triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        inside = batch[name].between(history[name].min(), history[name].max())
        if (~inside).mean() > 0.5:
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
