"""Makes a float of every number, and takes True for one.

Caught by: content-id-check-borders
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    cells = [
        {k: float(v) if isinstance(v, int | float) else v for k, v in row.items()}
        for row in metadata
    ]
    rows = sorted(json.dumps(row, sort_keys=True) for row in cells)
    return hashlib.sha256(json.dumps([data.hex(), rows]).encode()).hexdigest()
