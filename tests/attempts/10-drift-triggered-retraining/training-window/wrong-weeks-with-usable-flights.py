"""Leaves out what it cannot use, and then takes the newest weeks of the rest.

Caught by: training-window-check-late-labels
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    usable = flights[~flights["golden"] & flights["late"].notna()]
    usable = usable[usable["week"] <= now - label_delay]
    return usable[usable["week"].isin(sorted(usable["week"].unique())[-length:])]
