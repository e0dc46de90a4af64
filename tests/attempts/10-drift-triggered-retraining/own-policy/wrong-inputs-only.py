"""Retrains on drift of the inputs.

Caught by: own-policy-check-quality, own-policy-check-cost
"""


def my_trigger(evidence):
    """Return whether to retrain now."""
    return evidence.psi.max() > 0.25


my_policy = Policy(my_trigger, last_weeks(9), cooldown=4)
