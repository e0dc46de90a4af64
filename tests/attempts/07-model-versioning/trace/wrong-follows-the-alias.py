"""Asks the registry who is champion now, where the line names the alias.

Caught by: trace-check-alias
"""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    uri = json.loads(line).get("model")
    if not uri:
        raise ValueError("No model in this line.")
    if "@" in uri:
        name, alias = uri.removeprefix("models:/").split("@")
        found = client.get_model_version_by_alias(name, alias)
    else:
        name, version = uri.removeprefix("models:/").split("/")
        found = client.get_model_version(name, version)
    return found.tags["data_hash"]
