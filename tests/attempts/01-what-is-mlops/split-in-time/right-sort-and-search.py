"""Sorts first, then finds the one place to cut."""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    ordered = flights.sort_values("time_hour")
    cut = ordered["time_hour"].searchsorted(cutoff, side="left")
    return ordered.iloc[:cut], ordered.iloc[cut:]
