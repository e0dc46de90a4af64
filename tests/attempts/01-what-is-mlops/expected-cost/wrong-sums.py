"""Returns the cost of all flights, not of one.

Caught by: expected-cost-check-never, expected-cost-check-always, expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    warned = probability >= threshold
    return np.sum(false_alarm * (warned & (late == 0)) + miss * (~warned & (late == 1)))
