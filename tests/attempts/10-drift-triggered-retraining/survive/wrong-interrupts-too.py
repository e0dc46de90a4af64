"""Catches everything, a person's Ctrl-C too.

Caught by: survive-check-judging
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        if is_better(challenger, champion):
            return challenger, "promoted"
        return champion, "refused"
    except BaseException as error:
        return champion, f"failed: {error}"
