"""Name the columns to keep, and select them."""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    keep = ["year", "month", "day", "sched_dep_time", "sched_arr_time", "carrier", "flight"]
    keep += ["origin", "dest", "distance", "hour", "minute", "time_hour"]
    return table[keep]
