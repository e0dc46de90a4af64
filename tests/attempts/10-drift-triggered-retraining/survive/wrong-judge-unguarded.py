"""Guards the training, and lets the judge's error end the loop.

Caught by: survive-check-judging
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
    except Exception as error:
        return champion, f"failed: {error}"
    if is_better(challenger, champion):
        return challenger, "promoted"
    return champion, "refused"
