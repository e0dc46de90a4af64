"""Cuts the list where the champion stands for the first time, and never shortens it otherwise.

Caught by: rollback-check-two
"""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    model = client.get_registered_model(name)
    former = [int(v) for v in model.tags.get("former_champions", "").split(",") if v]
    serving = model.aliases["champion"]
    if serving in former:
        former = former[: former.index(serving)]
    if not former:
        raise ValueError("Nobody was champion before.")
    client.set_registered_model_alias(name, "champion", str(former[-1]))
    return former[-1]
