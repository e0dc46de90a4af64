"""Lists the weeks of the window, and filters step by step."""


def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    weeks = [now - label_delay - back for back in range(length)]
    rows = flights.loc[flights["week"].isin(weeks)]
    rows = rows.query("not golden")
    return rows.dropna(subset=["late"])
