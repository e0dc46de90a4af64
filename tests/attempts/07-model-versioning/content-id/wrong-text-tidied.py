"""Takes spaces off the ends of every text.

Caught by: content-id-check-whole
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    cells = [
        {k: v.strip() if isinstance(v, str) else v for k, v in row.items()} for row in metadata
    ]
    rows = sorted(json.dumps(row, sort_keys=True) for row in cells)
    return hashlib.sha256(json.dumps([data.hex(), rows]).encode()).hexdigest()
