"""Forgets that labels are late: takes the newest weeks.

Caught by: training-window-check-late-labels
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    recent = (flights["week"] > now - length) & (flights["week"] <= now)
    return flights[recent & ~flights["golden"] & flights["late"].notna()]
