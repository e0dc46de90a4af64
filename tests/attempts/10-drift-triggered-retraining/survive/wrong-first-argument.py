"""Takes the error's first argument for its text, and dies of an error without one.

Caught by: survive-check-training
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        better = is_better(challenger, champion)
    except Exception as error:
        return champion, f"failed: {error.args[0]}"
    return (challenger, "promoted") if better else (champion, "refused")
