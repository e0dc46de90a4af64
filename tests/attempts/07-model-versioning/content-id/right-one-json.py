"""Writes data and sorted rows as one JSON text, the data in hexadecimal digits."""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    rows = sorted(json.dumps(row, sort_keys=True) for row in metadata)
    return hashlib.sha256(json.dumps([data.hex(), rows]).encode()).hexdigest()
