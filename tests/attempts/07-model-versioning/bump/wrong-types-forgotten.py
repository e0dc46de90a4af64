"""Compares names and what is required, and no types.

Caught by: bump-check-breaks
"""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    must_before, must_after = set(old.required_input_names()), set(new.required_input_names())
    if set(old.input_names()) - set(new.input_names()) or must_after - must_before:
        return "major"
    if set(new.input_names()) - set(old.input_names()) or must_before - must_after:
        return "minor"
    return "patch"
