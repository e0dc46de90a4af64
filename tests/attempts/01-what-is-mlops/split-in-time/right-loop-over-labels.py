"""A beginner's loop that sorts the labels of the index into two lists."""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    before = []
    after = []
    for label, hour in flights["time_hour"].items():
        if hour < cutoff:
            before.append(label)
        else:
            after.append(label)
    return flights.loc[before], flights.loc[after]
