"""Counts the flights before the cutoff, and takes that many from the top.

Caught by: split-in-time-check-order
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    n = (flights["time_hour"] < cutoff).sum()
    return flights.iloc[:n], flights.iloc[n:]
