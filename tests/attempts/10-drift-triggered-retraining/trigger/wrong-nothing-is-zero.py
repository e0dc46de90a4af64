"""Takes what is not measured for an AUC of 0.

Caught by: trigger-check-nothing-measured
"""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    measured = evidence.measured or 0
    return measured < evidence.promised - drop and evidence.weeks_since >= cooldown
