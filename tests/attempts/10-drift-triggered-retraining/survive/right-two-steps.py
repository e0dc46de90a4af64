"""Asks for each of the two steps by itself whether it failed."""


def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""

    def attempt(step, *models):
        try:
            return step(*models), None
        except Exception as error:
            return None, f"failed: {error!s}"

    challenger, trouble = attempt(train)
    if trouble is None:
        better, trouble = attempt(is_better, challenger, champion)
    if trouble is not None:
        return champion, trouble
    return {True: (challenger, "promoted"), False: (champion, "refused")}[bool(better)]
