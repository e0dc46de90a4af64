"""Takes a type for trusted if a longer name in the list begins with it.

Caught by: safe-load-check-refuses
"""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    kinds = skops.io.get_untrusted_types(file=path)
    strangers = [kind for kind in kinds if not any(name.startswith(kind) for name in trusted)]
    if strangers:
        raise ValueError(f"Not trusted: {strangers}")
    return skops.io.load(path, trusted=kinds)
