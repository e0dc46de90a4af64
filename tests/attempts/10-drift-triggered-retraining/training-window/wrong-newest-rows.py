"""Takes as many rows as there should be weeks.

Caught by: training-window-check-late-labels
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    rows = flights[(flights["week"] <= now - label_delay) & ~flights["golden"]]
    return rows[rows["late"].notna()].tail(length)
