"""Keeps the right columns in the order in which the lesson lists them.

Caught by: known-columns-check-keeps
"""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    timetable = ["year", "month", "day", "hour", "minute", "time_hour"]
    timetable += ["sched_dep_time", "sched_arr_time"]
    timetable += ["carrier", "flight", "origin", "dest", "distance"]
    return table[timetable]
