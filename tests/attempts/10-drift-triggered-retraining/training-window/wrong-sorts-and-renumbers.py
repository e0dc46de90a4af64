"""Sorts the rows by week, and numbers them anew.

Caught by: training-window-check-rows
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    newest = now - label_delay
    window = (flights["week"] > newest - length) & (flights["week"] <= newest)
    rows = flights[window & ~flights["golden"] & flights["late"].notna()]
    return rows.sort_values("week", kind="stable").reset_index(drop=True)
