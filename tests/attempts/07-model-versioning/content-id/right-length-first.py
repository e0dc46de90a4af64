"""Tells the length of each part before the part."""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    digest = hashlib.sha256()
    digest.update(f"{len(data)}:".encode() + data)
    for text in sorted(repr(sorted(row.items())) for row in metadata):
        digest.update(f"{len(text)}:{text}".encode())
    return digest.hexdigest()
