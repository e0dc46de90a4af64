"""Compares sets of columns and of types."""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    before = {(name, column.type) for name, column in old.input_dict().items()}
    after = {(name, column.type) for name, column in new.input_dict().items()}
    must_before, must_after = set(old.required_input_names()), set(new.required_input_names())
    if before - after or must_after - must_before:
        return "major"
    if after - before or must_before - must_after:
        return "minor"
    return "patch"
