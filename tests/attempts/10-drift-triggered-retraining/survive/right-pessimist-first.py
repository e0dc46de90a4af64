"""Begins with the champion, changes its mind on the way, and returns a list."""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    result = [champion, "refused"]
    try:
        new = train()
        if is_better(new, champion):
            result = [new, "promoted"]
    except BaseException as error:
        if not isinstance(error, Exception):
            raise
        result[1] = "failed: " + str(error)
    return result
