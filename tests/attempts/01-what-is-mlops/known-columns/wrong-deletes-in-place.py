"""Deletes the columns of the table that was given.

Caught by: known-columns-check-keeps
"""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    for column in ["tailnum", "dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]:
        del table[column]
    return table
