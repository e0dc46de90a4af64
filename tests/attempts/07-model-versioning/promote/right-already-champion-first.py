"""Looks first whether there is anything to do."""


def promote(client, name, version, evidence):
    """Make a version the champion, if there is evidence for it."""
    import math

    registered = client.get_registered_model(name)
    now = registered.aliases.get("champion")
    if now is not None and int(now) == version:
        return None
    evidence = evidence or {}
    run = client.get_model_version(name, str(version)).tags.get("run")
    if not evidence.get("run") or evidence["run"] != run:
        raise ValueError("no evidence for this run")
    aucs = [(evidence.get("auc") or {}).get(code) for code in ("EWR", "JFK", "LGA")]
    for auc in aucs:
        if auc is None or isinstance(auc, str) or math.isnan(auc) or auc < 0 or auc > 1:
            raise ValueError("an AUC is missing or no probability")
    client.set_model_version_tag(name, str(version), "evidence", json.dumps(evidence))
    if now is not None:
        before = registered.tags.get("former_champions", "")
        client.set_registered_model_tag(
            name, "former_champions", (before + "," + str(now)).strip(",")
        )
    client.set_registered_model_alias(name, "champion", version)
