"""Takes the expected confusion matrix of the course."""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    expected = drift.estimated_confusion(probability, threshold)
    cost = false_alarm * expected["fp"] + miss * expected["fn"]
    return cost / sum(expected.values())
