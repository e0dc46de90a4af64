"""Hashes each row, then the sorted hashes, then these with the hash of the data: as git does."""


def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    leaves = []
    for row in metadata:
        keys = sorted(row)
        leaves.append(hashlib.sha256(repr([(key, row[key]) for key in keys]).encode()).digest())
    leaves.sort()
    branch = hashlib.sha256(b"".join(leaves)).digest()
    return hashlib.sha256(hashlib.sha256(data).digest() + branch).hexdigest()
