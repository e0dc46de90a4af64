"""Returns None where the line does not say which version it was.

Caught by: trace-check-alias
"""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    uri = json.loads(line).get("model") or ""
    parts = uri.split("/")
    if len(parts) != 3:
        return None
    return client.get_model_version(parts[1], parts[2]).tags["data_hash"]
