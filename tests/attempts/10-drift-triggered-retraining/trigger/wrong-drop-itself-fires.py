"""Fires at a drop of exactly `drop`.

Caught by: trigger-check-quality
"""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    if evidence.measured is None or evidence.weeks_since < cooldown:
        return False
    return evidence.measured <= evidence.promised - drop
