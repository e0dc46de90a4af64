"""Strikes the champion out of the whole list, also where it served earlier.

Caught by: rollback-check-two
"""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    model = client.get_registered_model(name)
    noted = [int(v) for v in model.tags.get("former_champions", "").split(",") if v]
    former = [v for v in noted if v != model.aliases["champion"]]
    if not former:
        raise ValueError("Nobody was champion before.")
    target = former.pop()
    client.set_registered_model_alias(name, "champion", str(target))
    client.set_registered_model_tag(name, "former_champions", ",".join(map(str, former)))
    return target
