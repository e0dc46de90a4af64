"""Writes the costs over the probabilities that were given.

Caught by: estimated-cost-check-by-hand
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    warned = probability >= threshold
    probability[warned] = (1 - probability[warned]) * false_alarm
    probability[~warned] *= miss
    return probability.mean()
