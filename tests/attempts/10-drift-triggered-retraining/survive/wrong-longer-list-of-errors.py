"""Survives a long list of errors, and none that somebody makes up.

Caught by: survive-check-training
"""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    try:
        challenger = train()
        better = is_better(challenger, champion)
    except (
        ValueError,
        TypeError,
        RuntimeError,
        LookupError,
        ArithmeticError,
        OSError,
        MemoryError,
    ) as error:
        return champion, f"failed: {error}"
    return (challenger, "promoted") if better else (champion, "refused")
