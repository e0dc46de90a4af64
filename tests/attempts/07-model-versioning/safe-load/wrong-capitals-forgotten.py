"""Compares the names in small letters.

Caught by: safe-load-check-refuses
"""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    kinds = skops.io.get_untrusted_types(file=path)
    known = {name.lower() for name in trusted}
    strangers = [kind for kind in kinds if kind.lower() not in known]
    if strangers:
        raise ValueError(f"Not trusted: {strangers}")
    return skops.io.load(path, trusted=kinds)
