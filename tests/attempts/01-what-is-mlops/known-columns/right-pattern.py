"""A regular expression, as with R's `select(-matches(...))`."""


def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    return table.drop(columns=table.filter(regex="^(dep_|arr_|air_|tailnum)").columns)
