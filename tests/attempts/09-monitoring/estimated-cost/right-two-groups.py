"""Adds up the two groups of flights with masks."""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    warned = probability >= threshold
    false_alarms = np.sum(1 - probability[warned])
    misses = np.sum(probability[~warned])
    return (false_alarms * false_alarm + misses * miss) / probability.size
