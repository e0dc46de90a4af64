"""A beginner's loop that deletes one column after the other, from a copy."""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    result = table.copy()
    for column in ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time", "tailnum"]:
        del result[column]
    return result
