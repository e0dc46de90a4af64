"""Moves the alias, and leaves the list as it is.

Caught by: rollback-check-two
"""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    model = client.get_registered_model(name)
    former = [int(v) for v in model.tags.get("former_champions", "").split(",") if v]
    while former and former[-1] == model.aliases["champion"]:
        former.pop()
    if not former:
        raise ValueError("Nobody was champion before.")
    client.set_registered_model_alias(name, "champion", str(former[-1]))
    return former[-1]
