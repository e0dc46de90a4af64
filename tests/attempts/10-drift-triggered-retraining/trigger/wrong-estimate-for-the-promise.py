"""Compares the measured AUC with the one that the model expects of itself, not with the promise.

Caught by: trigger-check-quality
"""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    if evidence.measured is None or evidence.weeks_since < cooldown:
        return False
    return evidence.measured < evidence.estimated - drop
