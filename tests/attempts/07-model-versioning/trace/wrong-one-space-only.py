"""Looks for the field in the text of the line, spaced as json.dumps does.

Caught by: trace-check-hash
"""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    import re

    found = re.search(r'"model": "models:/([^/"]+)/(\d+)"', line)
    if not found:
        raise ValueError(f"Which version is it? {line}")
    return client.get_model_version(found[1], found[2]).tags["data_hash"]
