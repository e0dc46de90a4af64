"""Splits at random, in the proportion of the times.

Caught by: split-in-time-check-order, split-in-time-check-boundary
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    share = (flights["time_hour"] < cutoff).mean()
    train = flights.sample(frac=share, random_state=0)
    return train, flights.drop(train.index)
