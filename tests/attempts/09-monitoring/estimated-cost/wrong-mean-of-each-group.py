"""Adds the mean of the warned flights and that of the silent ones.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    warned = probability >= threshold
    return (1 - probability[warned]).mean() * false_alarm + probability[~warned].mean() * miss
