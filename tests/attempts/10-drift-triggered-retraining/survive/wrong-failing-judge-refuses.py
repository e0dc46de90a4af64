"""Takes a judge that fails for one that says no.

Caught by: survive-check-judging
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
    except Exception as error:
        return champion, f"failed: {error}"
    try:
        better = is_better(challenger, champion)
    except Exception:
        better = False
    return (challenger, "promoted") if better else (champion, "refused")
