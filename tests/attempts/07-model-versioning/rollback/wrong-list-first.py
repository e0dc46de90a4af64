"""Takes the entry off the list before the alias moves: killed in between, it is lost.

Caught by: rollback-check-killed
"""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    model = client.get_registered_model(name)
    former = [v for v in model.tags.get("former_champions", "").split(",") if v]
    while former and int(former[-1]) == model.aliases["champion"]:
        former.pop()
    if not former:
        raise ValueError("Nobody was champion before.")
    target = former.pop()
    client.set_registered_model_tag(name, "former_champions", ",".join(former))
    client.set_registered_model_alias(name, "champion", target)
    return int(target)
