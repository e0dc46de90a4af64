"""Never retrains.

Caught by: own-policy-check-quality, own-policy-check-worst-week, own-policy-check-cost
"""


def my_trigger(evidence):
    """Return whether to retrain now."""
    return False


my_policy = Policy(my_trigger, last_weeks(9), cooldown=4)
