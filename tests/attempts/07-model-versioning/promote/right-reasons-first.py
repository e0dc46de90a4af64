"""Finds all that is wrong with the evidence first, then writes; asks for the champion by its alias."""


def promote(client, name, version, evidence):
    """Make a version the champion, if there is evidence for it."""
    if evidence is None or "run" not in evidence or "auc" not in evidence:
        raise ValueError("Evidence is missing.")
    auc = pd.Series(evidence["auc"], dtype=object).reindex(["EWR", "JFK", "LGA"])
    proper = [type(value) in (int, float) and 0 <= value <= 1 for value in auc]
    measured = client.get_model_version(name, str(version)).tags["run"]
    if not all(proper) or evidence["run"] != measured:
        raise ValueError("The evidence is not enough.")
    try:
        old = int(client.get_model_version_by_alias(name, "champion").version)
    except mlflow.exceptions.MlflowException:
        old = None
    if old == int(version):
        return
    client.set_model_version_tag(name, str(version), "evidence", json.dumps(evidence))
    if old is not None:
        so_far = client.get_registered_model(name).tags.get("former_champions")
        chain = f"{so_far},{old}" if so_far else f"{old}"
        client.set_registered_model_tag(name, "former_champions", chain)
    client.set_registered_model_alias(name, "champion", str(version))
