"""Takes the last character for the version.

Caught by: trace-check-hash
"""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    uri = json.loads(line).get("model")
    if not uri or "@" in uri or uri.count("/") != 2:
        raise ValueError("No version in this line.")
    name = uri.split("/")[1]
    return client.get_model_version(name, uri[-1]).tags["data_hash"]
