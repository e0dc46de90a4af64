"""Compares the last part of the names, and lets any module have one of that name.

Caught by: safe-load-check-refuses
"""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    kinds = skops.io.get_untrusted_types(file=path)
    known = {name.split(".")[-1] for name in trusted}
    strangers = [kind for kind in kinds if kind.split(".")[-1] not in known]
    if strangers:
        raise ValueError(f"Not trusted: {strangers}")
    return skops.io.load(path, trusted=kinds)
