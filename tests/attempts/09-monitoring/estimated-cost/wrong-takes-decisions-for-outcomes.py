"""Takes the decisions for the outcomes: whoever is warned is late, and nothing ever costs.

Caught by: estimated-cost-check-by-hand, estimated-cost-check-calibrated, estimated-cost-check-sure
"""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    warned = probability >= threshold
    late = probability >= threshold
    return np.mean(false_alarm * (warned & ~late) + miss * (~warned & late))
