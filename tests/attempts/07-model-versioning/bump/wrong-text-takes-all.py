"""Takes a change to text for harmless, as anything can be written as text.

Caught by: bump-check-breaks
"""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    before, after = old.input_dict(), new.input_dict()
    for name, column in before.items():
        if name not in after:
            return "major"
        if after[name].type not in (column.type, mlflow.types.DataType.string):
            return "major"
    if set(new.required_input_names()) - set(old.required_input_names()):
        return "major"
    if set(old.required_input_names()) - set(new.required_input_names()):
        return "minor"
    return "minor" if len(after) > len(before) else "patch"
