"""Takes the lowest and the highest value themselves for values outside.

Caught by: triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    for name in history.columns:
        known = batch[name].dropna()
        low, high = history[name].min(), history[name].max()
        if ((known <= low) | (known >= high)).mean() > 0.5:
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
