"""Names every type that the file needs, also those in the list.

Caught by: safe-load-check-refuses
"""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    kinds = skops.io.get_untrusted_types(file=path)
    if not set(kinds) <= set(trusted):
        raise ValueError(f"The file needs {kinds}.")
    return skops.io.load(path, trusted=kinds)
