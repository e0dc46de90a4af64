"""Does not warn of a flight whose probability is the threshold.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    cost = np.where(probability > threshold, (1 - probability) * false_alarm, probability * miss)
    return cost.mean()
