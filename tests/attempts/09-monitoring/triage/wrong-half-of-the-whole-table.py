"""Asks for half of all values of the table, not of one column.

Caught by: triage-check-feed, triage-check-share
"""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    outside = (batch < history.min()) | (batch > history.max())
    if outside.to_numpy().sum() > 0.5 * batch.count().sum():
        return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
