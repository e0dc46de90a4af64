"""Drops everything that sounds like a time, the timetable's too.

Caught by: known-columns-check-keeps
"""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    times = [c for c in table.columns if "time" in c or "delay" in c]
    return table.drop(columns=[*times, "tailnum"])
