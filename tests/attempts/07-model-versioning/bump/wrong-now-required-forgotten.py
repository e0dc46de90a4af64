"""Looks at what is required of new columns only.

Caught by: bump-check-breaks
"""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    before, after = old.input_dict(), new.input_dict()
    added = [column for name, column in after.items() if name not in before]
    if any(n not in after or after[n].type != c.type for n, c in before.items()):
        return "major"
    if any(column.required for column in added):
        return "major"
    if added or any(c.required and not after[n].required for n, c in before.items()):
        return "minor"
    return "patch"
