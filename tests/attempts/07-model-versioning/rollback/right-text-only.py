"""Works on the text, and deletes the tag when nobody is left in it."""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    serving = str(client.get_model_version_by_alias(name, "champion").version)
    rest = client.get_registered_model(name).tags.get("former_champions", "")
    target = serving
    while rest and target == serving:
        rest, _, target = rest.rpartition(",")
    if target == serving:
        raise ValueError("nobody to go back to")
    client.set_registered_model_alias(name, "champion", target)
    if rest:
        client.set_registered_model_tag(name, "former_champions", rest)
    else:
        client.delete_registered_model_tag(name, "former_champions")
    return int(target)
