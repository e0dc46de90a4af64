"""Looks for an address anywhere in the line, and takes the first.

Caught by: trace-check-hash, trace-check-alias
"""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    import re

    found = re.search(r"models:/([^/@\"]+)/([0-9]+)", line)
    if found is None:
        raise ValueError(f"Which version is it? {line}")
    return client.get_model_version(found[1], found[2]).tags["data_hash"]
