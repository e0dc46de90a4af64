"""Trusts whatever the file needs.

Caught by: safe-load-check-refuses, safe-load-check-unbuilt
"""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    return skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path))
