"""Drops each flight that lacks any value, not only its label.

Caught by: training-window-check-rows
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    newest = now - label_delay
    window = (flights["week"] > newest - length) & (flights["week"] <= newest)
    return flights[window & ~flights["golden"]].dropna()
