"""Takes the columns away that it has used.

Caught by: training-window-check-late-labels, training-window-check-golden, training-window-check-rows
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    newest = now - label_delay
    window = flights["week"].between(newest - length + 1, newest)
    rows = flights[window & ~flights["golden"] & flights["late"].notna()]
    return rows.drop(columns=["week", "golden"])
