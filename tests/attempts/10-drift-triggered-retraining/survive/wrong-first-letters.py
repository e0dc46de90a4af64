"""Cuts the error's text short, to fit a column of the dashboard.

Caught by: survive-check-training
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        better = is_better(challenger, champion)
    except Exception as error:
        return champion, f"failed: {str(error)[:20]}"
    return (challenger, "promoted") if better else (champion, "refused")
