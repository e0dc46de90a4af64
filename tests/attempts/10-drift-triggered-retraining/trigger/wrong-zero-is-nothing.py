"""Takes an AUC of 0 for one that is not measured.

Caught by: trigger-check-nothing-measured
"""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    if not evidence.measured:
        return False
    return evidence.weeks_since >= cooldown and evidence.measured < evidence.promised - drop
