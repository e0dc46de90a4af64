"""Makes a ValueError of any error, and keeps to itself what was wrong.

Caught by: safe-load-check-refuses
"""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    try:
        return skops.io.load(path, trusted=trusted)
    except Exception:
        raise ValueError("This file cannot be trusted.")
