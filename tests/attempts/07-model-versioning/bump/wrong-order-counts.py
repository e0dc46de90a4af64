"""Takes another order for a change.

Caught by: bump-check-same
"""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    before, after = old.input_dict(), new.input_dict()
    if any(n not in after or after[n].type != before[n].type for n in before):
        return "major"
    if set(new.required_input_names()) - set(old.required_input_names()):
        return "major"
    return "patch" if old.inputs == new.inputs else "minor"
