"""Neither part takes the flights at the cutoff itself.

Caught by: split-in-time-check-complete, split-in-time-check-boundary
"""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    return flights[flights.time_hour < cutoff], flights[flights.time_hour > cutoff]
