"""Takes both ends of the window, and with them a week too many.

Caught by: training-window-check-late-labels
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    newest = now - label_delay
    window = flights["week"].between(newest - length, newest)
    return flights[window & ~flights["golden"] & flights["late"].notna()]
