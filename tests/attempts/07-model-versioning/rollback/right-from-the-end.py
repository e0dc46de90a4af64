"""Goes through the list from its end to the first entry that is not the champion."""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    registered = client.get_registered_model(name)
    champion = int(registered.aliases["champion"])
    noted = registered.tags.get("former_champions") or ""
    former = [int(v) for v in noted.split(",")] if noted else []
    for place in reversed(range(len(former))):
        if former[place] != champion:
            client.set_registered_model_alias(name, "champion", former[place])
            rest = ",".join(str(v) for v in former[:place])
            client.set_registered_model_tag(name, "former_champions", rest)
            return former[place]
    raise ValueError(f"{name} has no champion before {champion}.")
