"""Takes the cells in the order of their keys, and forgets the keys.

Caught by: content-id-check-changed, content-id-check-whole
"""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    rows = sorted(json.dumps([row[key] for key in sorted(row)]) for row in metadata)
    both = [hashlib.sha256(data).hexdigest(), rows]
    return hashlib.sha256(json.dumps(both).encode()).hexdigest()
