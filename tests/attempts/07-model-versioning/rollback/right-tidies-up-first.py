"""Takes the champion off the end of the list in a change of its own, before the alias moves."""


def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    model = client.get_registered_model(name)
    former = np.array(
        [v for v in model.tags.get("former_champions", "").split(",") if v], dtype=int
    )
    others = np.flatnonzero(former != model.aliases["champion"])
    if others.size == 0:
        raise ValueError("No former champion.")
    last = others[-1]
    if last < len(former) - 1:
        kept = ",".join(map(str, former[: last + 1]))
        client.set_registered_model_tag(name, "former_champions", kept)
    client.set_registered_model_alias(name, "champion", str(former[last]))
    client.set_registered_model_tag(name, "former_champions", ",".join(map(str, former[:last])))
    return int(former[last])
