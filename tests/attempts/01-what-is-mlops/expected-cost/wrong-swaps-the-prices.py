"""Takes a false alarm for a miss, and a miss for a false alarm.

Caught by: expected-cost-check-never, expected-cost-check-always, expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    misses = ((probability >= threshold) & (late == 0)).sum()
    false_alarms = ((probability < threshold) & (late == 1)).sum()
    return (false_alarms * false_alarm + misses * miss) / len(late)
