"""Sorts all cells of the table, and forgets which row each was in.

Caught by: content-id-check-changed, content-id-check-borders
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    cells = sorted(f"{key}={value!r}" for row in metadata for key, value in row.items())
    return hashlib.sha256(f"{data!r} {cells}".encode()).hexdigest()
