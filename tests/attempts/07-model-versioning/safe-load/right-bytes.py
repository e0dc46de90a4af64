"""Reads the file once, and asks and loads the same bytes."""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    content = path.read_bytes()
    needed = set(skops.io.get_untrusted_types(data=content))
    if not needed <= set(trusted):
        raise ValueError(f"not in the list: {needed.difference(trusted)}")
    return skops.io.loads(content, trusted=sorted(needed))
