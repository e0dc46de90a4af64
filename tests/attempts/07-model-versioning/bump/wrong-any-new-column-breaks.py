"""Takes every new column for one that callers must send.

Caught by: bump-check-offers
"""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    before, after = old.input_dict(), new.input_dict()
    if before.keys() != after.keys():
        return "major"
    for name in before:
        if before[name].type != after[name].type:
            return "major"
        if after[name].required and not before[name].required:
            return "major"
    return "minor" if any(before[n].required != after[n].required for n in before) else "patch"
