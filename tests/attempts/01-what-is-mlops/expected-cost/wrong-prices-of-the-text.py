"""Uses 20 and 60 euros, whatever is given.

Caught by: expected-cost-check-never, expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    warned = probability >= threshold
    return np.mean(20 * (warned & (late == 0)) + 60 * (~warned & (late == 1)))
