"""Lets skops refuse, which it does before it builds anything, and passes on what it says."""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    try:
        return skops.io.load(path, trusted=trusted)
    except skops.io.exceptions.UntrustedTypesFoundException as error:
        raise ValueError(str(error)) from error
