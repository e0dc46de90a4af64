"""Still rests in the week in which the cooldown has just passed.

Caught by: trigger-check-cooldown
"""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    if evidence.measured is None:
        return False
    return evidence.weeks_since > cooldown and evidence.measured < evidence.promised - drop
