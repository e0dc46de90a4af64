"""Puts the rows into the order of the timetable.

Caught by: known-columns-check-keeps
"""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    later = ["tailnum", "dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]
    return table.drop(columns=later).sort_values("time_hour", kind="stable")
