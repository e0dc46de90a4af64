"""Counts the false alarms and forgets the misses.

Caught by: expected-cost-check-never, expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    warned = probability >= threshold
    return false_alarm * np.mean(warned & (late == 0))
