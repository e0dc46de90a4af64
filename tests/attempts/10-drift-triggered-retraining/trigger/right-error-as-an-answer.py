"""Lets the subtraction of None fail, and answers with 1 or 0."""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    try:
        lost = evidence.promised - evidence.measured
    except TypeError:
        return 0
    fire = 0
    if lost > drop and not evidence.weeks_since < cooldown:
        fire = 1
    return fire
