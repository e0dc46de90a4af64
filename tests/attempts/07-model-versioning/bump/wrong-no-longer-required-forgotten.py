"""Takes it for a patch that callers may leave out what they had to send.

Caught by: bump-check-offers
"""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    before, after = old.input_dict(), new.input_dict()
    for name in before:
        if name not in after or before[name].type != after[name].type:
            return "major"
    if set(new.required_input_names()) > set(old.required_input_names()):
        return "major"
    for name in set(after) & set(before):
        if after[name].required and not before[name].required:
            return "major"
    return "minor" if len(after) > len(before) else "patch"
