"""Tells the first line of the error, and dies of an error without text.

Caught by: survive-check-training
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        better = is_better(challenger, champion)
    except Exception as error:
        return champion, f"failed: {str(error).splitlines()[0]}"
    return (challenger, "promoted") if better else (champion, "refused")
