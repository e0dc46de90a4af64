"""Returns after the first flight: one indent too many.

Caught by: expected-cost-check-never, expected-cost-check-always, expected-cost-check-mixed
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    total = 0
    for y, p in zip(late, probability):
        if p >= threshold and y == 0:
            total += false_alarm
        if p < threshold and y == 1:
            total += miss
        return total / len(late)
