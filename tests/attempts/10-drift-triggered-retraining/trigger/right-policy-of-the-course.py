"""Asks the course's own trigger on quality, and adds the cooldown."""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    return evidence.weeks_since >= cooldown and on_quality(drop)(evidence)
