"""Shares the cost among the late flights only.

Caught by: expected-cost-check-never, expected-cost-check-always, expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    false_alarms = np.sum((probability >= threshold) & (late == 0))
    misses = np.sum((probability < threshold) & (late == 1))
    return (false_alarm * false_alarms + miss * misses) / np.sum(late == 1)
