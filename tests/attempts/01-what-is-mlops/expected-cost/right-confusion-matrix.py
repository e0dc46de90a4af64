"""Takes the two counts from scikit-learn's confusion matrix."""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    from sklearn.metrics import confusion_matrix

    warned = (probability >= threshold).astype(int)
    (_, false_alarms), (misses, _) = confusion_matrix(late, warned, labels=[0, 1])
    return (false_alarms * false_alarm + misses * miss) / len(late)
