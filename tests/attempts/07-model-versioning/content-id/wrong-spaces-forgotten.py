"""Takes the spaces out of the JSON text, and with them those of the cells.

Caught by: content-id-check-whole
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    rows = sorted(json.dumps(row, sort_keys=True).replace(" ", "") for row in metadata)
    return hashlib.sha256(json.dumps([data.hex(), rows]).encode()).hexdigest()
