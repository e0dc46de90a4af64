"""Thinks that the aircraft is known with the timetable.

Caught by: known-columns-check-departure
"""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    return table.drop(columns=["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"])
