"""Asks whether a tag is there, and not whether it says anything.

Caught by: register-check-lineage
"""


def register(client, name, model, rows, tags):
    """Keep a model as the next version of a registered model, and return the version."""
    for key in ("data_hash", "git_commit", "run"):
        if key not in tags:
            raise ValueError(f"{key} is missing")
    if not client.search_registered_models(f"name = '{name}'"):
        client.create_registered_model(name)
    logged = mlflow.sklearn.log_model(
        model,
        name=name,
        signature=mlflow.models.infer_signature(as_sent(rows), model.predict_proba(rows)),
        pyfunc_predict_fn="predict_proba",
        pip_requirements=["scikit-learn", "skops"],
        serialization_format="skops",
        skops_trusted_types=TRUSTED,
    )
    made = client.create_model_version(name, logged.model_uri, tags=tags, model_id=logged.model_id)
    return made.version
