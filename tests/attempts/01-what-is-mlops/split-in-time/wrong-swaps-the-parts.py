"""Returns test first.

Caught by: split-in-time-check-order, split-in-time-check-boundary
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    train = flights[flights["time_hour"] < cutoff]
    test = flights[flights["time_hour"] >= cutoff]
    return test, train
