"""Uses 20 and 60 euros, whatever is given.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    cost = np.where(probability >= threshold, (1 - probability) * 20, probability * 60)
    return cost.mean()
