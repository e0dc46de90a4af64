"""Asks for each tag in turn, logs in a run of its own, and sets the tags when the version is made."""


def register(client, name, model, rows, tags):
    """Keep a model as the next version of a registered model, and return the version."""
    for key in ("data_hash", "git_commit", "run"):
        if key not in tags or tags[key] in ("", None):
            raise ValueError(f"{key} is missing")
    signature = mlflow.models.infer_signature(as_sent(rows), model.predict_proba(rows))
    if name not in [known.name for known in client.search_registered_models(f"name = '{name}'")]:
        client.create_registered_model(name)
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            sk_model=model,
            name=name,
            signature=signature,
            pyfunc_predict_fn="predict_proba",
            input_example=None,
            pip_requirements=["scikit-learn", "skops"],
            serialization_format="skops",
            skops_trusted_types=list(TRUSTED),
        )
    made = client.create_model_version(name=name, source=logged.model_uri, model_id=logged.model_id)
    for key, value in tags.items():
        client.set_model_version_tag(name, made.version, key, value)
    return int(made.version)
