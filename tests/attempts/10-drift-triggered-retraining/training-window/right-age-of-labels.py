"""Computes with numpy how long the labels have been there."""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    age = now - label_delay - flights.week.to_numpy()
    wanted = np.logical_and.reduce([age >= 0, age < length, np.equal(flights.golden, 0)])
    return flights.iloc[np.flatnonzero(wanted & np.isfinite(flights.late.to_numpy()))].copy()
