"""Unpacks a confusion matrix that has one cell only if all flights are alike.

Caught by: expected-cost-check-always
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    from sklearn.metrics import confusion_matrix

    warned = (probability >= threshold).astype(int)
    _, false_alarms, misses, _ = confusion_matrix(late, warned).ravel()
    return (false_alarms * false_alarm + misses * miss) / len(late)
