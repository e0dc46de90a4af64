"""Notes the champion first, unless it stands at the end already, then the evidence, then the alias."""


def promote(client, name, version, evidence):
    """Make a version the champion, if there is evidence for it."""
    try:
        if client.get_model_version(name, str(version)).tags["run"] != evidence["run"]:
            raise ValueError("Another model was measured.")
        for airport in ("EWR", "JFK", "LGA"):
            if not 0 <= evidence["auc"][airport] <= 1:
                raise ValueError(f"{airport} is out of range.")
    except (TypeError, KeyError) as error:
        raise ValueError("The evidence is not complete.") from error
    model = client.get_registered_model(name)
    champion = model.aliases.get("champion")
    if champion == int(version):
        return
    if champion:
        former = list(filter(None, model.tags.get("former_champions", "").split(",")))
        if former[-1:] != [str(champion)]:
            former.append(str(champion))
            client.set_registered_model_tag(name, "former_champions", ",".join(former))
    client.set_model_version_tag(name, str(version), "evidence", json.dumps(evidence))
    client.set_registered_model_alias(name, "champion", str(version))
