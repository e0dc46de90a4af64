"""Adds flight by flight."""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    total = 0
    for p in probability:
        if p >= threshold:
            total += (1 - p) * false_alarm
        else:
            total += p * miss
    return total / len(probability)
