"""Cleans the table on the way: rows with gaps get lost.

Caught by: split-in-time-check-complete
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    flights = flights.dropna()
    is_before = flights["time_hour"] < cutoff
    return flights[is_before], flights[~is_before]
