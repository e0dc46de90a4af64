"""Trains once for the judge and once more for the traffic.

Caught by: survive-check-verdict
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        if is_better(train(), champion):
            return train(), "promoted"
    except Exception as error:
        return champion, f"failed: {error}"
    return champion, "refused"
