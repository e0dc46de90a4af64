"""Takes every flight above a half for late, and every other for punctual.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    warned, late = probability >= threshold, probability >= 0.5
    return np.mean(false_alarm * (warned & ~late) + miss * (~warned & late))
