"""Matches the whole address with a regular expression."""


def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    import re

    match = re.fullmatch(r"models:/([^/@]+)/([0-9]+)", str(json.loads(line).get("model")))
    if match is None:
        raise ValueError(f"Which version is it? {line}")
    name, number = match.groups()
    return client.get_model_version(name, int(number)).tags.get("data_hash")
