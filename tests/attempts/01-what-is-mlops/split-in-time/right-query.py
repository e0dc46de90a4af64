"""Two queries, as someone who thinks in SQL."""


def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    train = flights.query("time_hour < @cutoff")
    test = flights.query("time_hour >= @cutoff")
    return train, test
