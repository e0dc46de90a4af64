"""Takes the probability of late for a false alarm, and that of punctual for a miss.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    cost = np.where(probability >= threshold, probability * false_alarm, (1 - probability) * miss)
    return cost.mean()
