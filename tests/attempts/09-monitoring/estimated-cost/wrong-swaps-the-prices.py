"""Takes the price of a miss for a warned flight, and that of a false alarm for a silent one.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    cost = np.where(probability >= threshold, (1 - probability) * miss, probability * false_alarm)
    return cost.mean()
