"""Looks whether a run is named, and not whether it is this version's.

Caught by: promote-check-evidence
"""


def promote(client, name, version, evidence):
    """Make a version the champion, if there is evidence for it."""
    if not evidence or not evidence.get("run") or not evidence.get("auc"):
        raise ValueError("Evidence is missing.")
    for airport in ("EWR", "JFK", "LGA"):
        auc = evidence["auc"].get(airport)
        if type(auc) not in (int, float) or not 0 <= auc <= 1:
            raise ValueError(f"No AUC of {airport}.")
    model = client.get_registered_model(name)
    old = model.aliases.get("champion")
    if str(old) == str(version):
        return
    client.set_model_version_tag(name, str(version), "evidence", json.dumps(evidence))
    if old is not None:
        former = [v for v in model.tags.get("former_champions", "").split(",") if v]
        client.set_registered_model_tag(name, "former_champions", ",".join([*former, str(old)]))
    client.set_registered_model_alias(name, "champion", str(version))
