"""Takes the version that was registered last, whichever the line names.

Caught by: trace-check-hash
"""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    uri = json.loads(line).get("model") or ""
    if uri.count("/") != 2:
        raise ValueError("No version in this line.")
    name = uri.split("/")[1]
    newest = max(client.search_model_versions(f"name = '{name}'"), key=lambda v: int(v.version))
    return newest.tags["data_hash"]
