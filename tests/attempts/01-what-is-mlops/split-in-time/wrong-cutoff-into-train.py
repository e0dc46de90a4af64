"""Counts a flight at the cutoff as before it.

Caught by: split-in-time-check-boundary
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    is_before = flights["time_hour"] <= cutoff
    return flights[is_before], flights[~is_before]
