"""Retrains in one week of the year, when all is over.

Caught by: own-policy-check-worst-week
"""


def my_trigger(evidence):
    """Return whether to retrain now."""
    return evidence.week == 18


my_policy = Policy(my_trigger, last_weeks(4))
