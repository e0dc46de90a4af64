"""Writes all of a row in small letters.

Caught by: content-id-check-whole
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    rows = sorted(json.dumps(row, sort_keys=True).lower() for row in metadata)
    return hashlib.sha256(json.dumps([data.hex(), rows]).encode()).hexdigest()
