"""Takes a cell that holds None for an empty text, as a CSV file does.

Caught by: content-id-check-borders
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    cells = [{k: "" if v is None else v for k, v in row.items()} for row in metadata]
    rows = sorted(json.dumps(row, sort_keys=True) for row in cells)
    return hashlib.sha256(json.dumps([data.hex(), rows]).encode()).hexdigest()
