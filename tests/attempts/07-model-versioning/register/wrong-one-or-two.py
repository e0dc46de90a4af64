"""Makes the version, and returns 1 or 2, by whether the name was there.

Caught by: register-check-versions
"""


def register(client, name, model, rows, tags):
    """Keep a model as the next version of a registered model, and return the version."""
    if not all(tags.get(key) for key in ("data_hash", "git_commit", "run")):
        raise ValueError("A tag is missing or empty.")
    version = 1
    if not client.search_registered_models(f"name = '{name}'"):
        client.create_registered_model(name)
    elif client.search_model_versions(f"name = '{name}'"):
        version = 2
    logged = mlflow.sklearn.log_model(
        model,
        name=name,
        signature=mlflow.models.infer_signature(as_sent(rows), model.predict_proba(rows)),
        pyfunc_predict_fn="predict_proba",
        pip_requirements=["scikit-learn", "skops"],
        serialization_format="skops",
        skops_trusted_types=TRUSTED,
    )
    client.create_model_version(name, logged.model_uri, tags=tags, model_id=logged.model_id)
    return version
