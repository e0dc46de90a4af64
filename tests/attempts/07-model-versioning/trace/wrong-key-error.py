"""Takes it for granted that a line has a model.

Caught by: trace-check-alias
"""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    uri = json.loads(line)["model"]
    _, name, version = uri.split("/")
    return client.get_model_version(name, version).tags["data_hash"]
