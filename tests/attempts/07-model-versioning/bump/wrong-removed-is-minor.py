"""Lets a column go as minor, as no caller gets an error.

Caught by: bump-check-breaks
"""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    before, after = old.input_dict(), new.input_dict()
    for name, column in after.items():
        known = before.get(name)
        if column.required and (known is None or not known.required):
            return "major"
        if known is not None and known.type != column.type:
            return "major"
    if before.keys() != after.keys():
        return "minor"
    return "minor" if any(before[n].required and not after[n].required for n in after) else "patch"
