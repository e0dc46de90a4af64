"""Charges a warning even if the flight is late.

Caught by: expected-cost-check-always, expected-cost-check-mixed, expected-cost-check-boundary
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    warned = probability >= threshold
    cost = np.where(warned, false_alarm, np.where(late == 1, miss, 0))
    return cost.mean()
