"""Numbers the rows of both parts anew.

Caught by: split-in-time-check-complete
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    train = flights[flights["time_hour"] < cutoff].reset_index(drop=True)
    test = flights[flights["time_hour"] >= cutoff].reset_index(drop=True)
    return train, test
