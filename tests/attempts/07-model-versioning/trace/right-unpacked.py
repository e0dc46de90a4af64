"""Splits at the slashes: an alias leaves too few parts, which is a ValueError of its own."""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    record = json.loads(line)
    if not record.get("model"):
        raise ValueError("No model in this line.")
    _, name, version = record["model"].split("/")
    return client.get_model_version(name, version).tags["data_hash"]
