"""One expression with two `np.where`."""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    cost = np.where(probability >= threshold, (1 - late) * false_alarm, late * miss)
    return cost.mean()
