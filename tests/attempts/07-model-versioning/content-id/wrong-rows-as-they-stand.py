"""Sorts the keys, and leaves the rows in their order.

Caught by: content-id-check-same
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    text = json.dumps({"data": data.hex(), "rows": metadata}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
