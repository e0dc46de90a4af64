"""Makes text of every value: 1 and "1" become the same.

Caught by: content-id-check-borders
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    rows = sorted(sorted((key, str(value)) for key, value in row.items()) for row in metadata)
    return hashlib.sha256(f"{data.hex()} {rows}".encode()).hexdigest()
