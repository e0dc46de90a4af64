"""Cuts the sum of all costs down to whole euros.

Caught by: expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    warned = probability >= threshold
    cost = false_alarm * (warned & (late == 0)) + miss * (~warned & (late == 1))
    return int(np.sum(cost)) / len(late)
