"""Rounds the numbers in the dictionary that was given, and keeps these.

Caught by: promote-check-kept
"""


def promote(client, name, version, evidence):
    """Make a version the champion, if there is evidence for it."""
    tags = client.get_model_version(name, str(version)).tags
    if not evidence or not evidence.get("run") or evidence["run"] != tags["run"]:
        raise ValueError("Not this version's run.")
    auc = evidence.get("auc") or {}
    for airport in ("EWR", "JFK", "LGA"):
        if type(auc.get(airport)) not in (int, float) or not 0 <= auc[airport] <= 1:
            raise ValueError(f"No AUC of {airport}.")
    model = client.get_registered_model(name)
    old = model.aliases.get("champion")
    if str(old) == str(version):
        return
    evidence["auc"] = {airport: round(value, 1) for airport, value in auc.items()}
    client.set_model_version_tag(name, str(version), "evidence", json.dumps(evidence))
    if old is not None:
        former = [v for v in model.tags.get("former_champions", "").split(",") if v]
        client.set_registered_model_tag(name, "former_champions", ",".join([*former, str(old)]))
    client.set_registered_model_alias(name, "champion", str(version))
