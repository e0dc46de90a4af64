"""Adds a helper column to the table that was given.

Caught by: split-in-time-check-complete
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    flights["is_before"] = flights["time_hour"] < cutoff
    return flights[flights["is_before"]], flights[~flights["is_before"]]
