"""Looks at the AUC that the model expects of itself, not at the measured one.

Caught by: trigger-check-quality, trigger-check-cooldown, trigger-check-nothing-measured
"""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    if evidence.measured is None:
        return False
    return evidence.weeks_since >= cooldown and evidence.estimated < evidence.promised - drop
