"""Overwrites the probabilities with decisions of 0 and 1.

Caught by: expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    probability[probability >= threshold] = 1
    probability[probability < threshold] = 0
    false_alarms = np.sum((probability == 1) & (late == 0))
    misses = np.sum((probability == 0) & (late == 1))
    return (false_alarms * false_alarm + misses * miss) / len(late)
