"""Takes a newline for the end of the data, which may hold newlines.

Caught by: content-id-check-borders
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    rows = sorted(json.dumps(row, sort_keys=True) for row in metadata)
    return hashlib.sha256(data + b"\n" + "\n".join(rows).encode()).hexdigest()
