"""Compares days and forgets the hour of the cutoff.

Caught by: split-in-time-check-order, split-in-time-check-boundary
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    is_before = flights["time_hour"].dt.date < cutoff.date()
    return flights[is_before], flights[~is_before]
