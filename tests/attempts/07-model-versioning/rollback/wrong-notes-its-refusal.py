"""Tags the registered model when it refuses, which is a change.

Caught by: rollback-check-nothing
"""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    model = client.get_registered_model(name)
    former = [int(v) for v in model.tags.get("former_champions", "").split(",") if v]
    while former and former[-1] == model.aliases["champion"]:
        former.pop()
    if not former:
        client.set_registered_model_tag(name, "rollback", "refused")
        raise ValueError("Nobody was champion before.")
    target = former.pop()
    client.set_registered_model_alias(name, "champion", str(target))
    client.set_registered_model_tag(name, "former_champions", ",".join(map(str, former)))
    return target
