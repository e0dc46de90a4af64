"""Works for an array of whole numbers, and the lesson's outcomes are not.

Caught by: expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    warned = probability >= threshold
    return np.mean(miss * (late & ~warned) + false_alarm * (warned & (late ^ 1)))
