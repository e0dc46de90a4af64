"""Keeps or leaves out each row in a loop."""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    keep = []
    for i in range(len(flights)):
        row = flights.iloc[i]
        arrived = row["week"] + label_delay <= now
        too_old = row["week"] + length + label_delay <= now
        known = row["late"] == 0 or row["late"] == 1
        keep.append(bool(arrived and not too_old and known and not row["golden"]))
    return flights[keep]
