"""Takes the last entry, also where it is the champion itself.

Caught by: rollback-check-nothing, rollback-check-killed
"""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    noted = client.get_registered_model(name).tags.get("former_champions")
    if not noted:
        raise ValueError("Nobody was champion before.")
    *rest, target = noted.split(",")
    client.set_registered_model_alias(name, "champion", target)
    client.set_registered_model_tag(name, "former_champions", ",".join(rest))
    return int(target)
