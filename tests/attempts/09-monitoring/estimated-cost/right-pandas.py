"""A Series of the costs, filled by condition."""


def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    p = pd.Series(probability, dtype=float)
    silent = p * miss
    return silent.where(p < threshold, (1 - p) * false_alarm).mean()
