"""Takes the newest weeks that the table holds, and not those of the calendar.

Caught by: training-window-check-late-labels
"""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    week = flights["week"]
    weeks = sorted(week[week <= now - label_delay].unique())[-length:]
    return flights[week.isin(weeks) & ~flights["golden"] & flights["late"].notna()]
