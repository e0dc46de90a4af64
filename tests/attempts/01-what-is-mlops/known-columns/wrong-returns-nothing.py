"""Prints the result and forgets to return it.

Caught by: known-columns-check-arrival, known-columns-check-departure, known-columns-check-keeps
"""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    result = table.drop(
        columns=["tailnum", "dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]
    )
    print(result.head())
