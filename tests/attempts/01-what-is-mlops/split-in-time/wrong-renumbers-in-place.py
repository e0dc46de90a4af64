"""Numbers the rows of the given table anew.

Caught by: split-in-time-check-complete
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    flights.index = range(len(flights))
    is_before = flights["time_hour"] < cutoff
    return flights[is_before], flights[~is_before]
