"""Fires at the slightest drop, and again in the week after.

Caught by: own-policy-check-cost
"""


def my_trigger(evidence):
    """Return whether to retrain now."""
    return evidence.measured is not None and evidence.measured < evidence.promised - 0.01


my_policy = Policy(my_trigger)
