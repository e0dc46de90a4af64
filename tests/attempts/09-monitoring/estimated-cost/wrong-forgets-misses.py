"""Counts the false alarms only.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    warned = probability >= threshold
    return np.sum((1 - probability[warned]) * false_alarm) / len(probability)
