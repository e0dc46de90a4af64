"""Tells the kind of the error with its text.

Caught by: survive-check-training, survive-check-judging
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        better = is_better(challenger, champion)
    except Exception as error:
        return champion, f"failed: {error!r}"
    return (challenger, "promoted") if better else (champion, "refused")
