"""Charges every warning in full, as if none of them were right.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    cost = np.where(probability >= threshold, false_alarm, probability * miss)
    return cost.mean()
