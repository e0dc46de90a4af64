"""Notes the champion that goes, so that the next rollback brings it back.

Caught by: rollback-check-two, rollback-check-killed
"""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    model = client.get_registered_model(name)
    serving = model.aliases["champion"]
    former = [int(v) for v in model.tags.get("former_champions", "").split(",") if v]
    while former and former[-1] == serving:
        former.pop()
    if not former:
        raise ValueError("Nobody was champion before.")
    target = former.pop()
    client.set_registered_model_alias(name, "champion", str(target))
    former.append(serving)
    client.set_registered_model_tag(name, "former_champions", ",".join(map(str, former)))
    return target
