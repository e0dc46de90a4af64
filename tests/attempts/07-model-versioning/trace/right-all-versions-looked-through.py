"""Looks for the version among all that the name has."""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    try:
        uri = json.loads(line)["model"].replace("models:/", "")
        name, version = uri.rsplit("/", 1)
    except (KeyError, AttributeError) as error:
        raise ValueError("This line names no model.") from error
    for candidate in client.search_model_versions(f"name = '{name}'"):
        if str(candidate.version) == version:
            return candidate.tags["data_hash"]
    raise ValueError(f"{name} has no version {version}.")
