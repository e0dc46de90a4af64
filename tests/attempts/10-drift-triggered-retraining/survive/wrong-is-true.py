"""Promotes only if the verdict is Python's own True.

Caught by: survive-check-verdict
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        verdict = is_better(challenger, champion)
    except Exception as error:
        return champion, f"failed: {error}"
    return (challenger, "promoted") if verdict is True else (champion, "refused")
