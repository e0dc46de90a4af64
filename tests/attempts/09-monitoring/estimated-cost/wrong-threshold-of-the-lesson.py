"""Warns at 0.25, whatever the threshold is.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    cost = np.where(probability >= 0.25, (1 - probability) * false_alarm, probability * miss)
    return cost.mean()
