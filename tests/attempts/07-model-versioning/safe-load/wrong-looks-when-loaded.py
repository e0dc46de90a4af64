"""Loads first, on the word of the file, and looks at the types when it is too late.

Caught by: safe-load-check-unbuilt
"""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    kinds = skops.io.get_untrusted_types(file=path)
    model = skops.io.load(path, trusted=kinds)
    strangers = [kind for kind in kinds if kind not in trusted]
    if strangers:
        raise ValueError(f"Not trusted: {strangers}")
    return model
