"""Makes the registered model and lets it pass if it is there; counts the tags that say something."""


def register(client, name, model, rows, tags):
    """Keep a model as the next version of a registered model, and return the version."""
    import contextlib

    said = sum(bool(tags.get(key)) for key in ["data_hash", "git_commit", "run"])
    if said < 3:
        raise ValueError("A tag is missing or empty.")
    with contextlib.suppress(mlflow.exceptions.MlflowException):
        client.create_registered_model(name)
    info = mlflow.sklearn.log_model(
        model,
        name=name,
        signature=mlflow.models.infer_signature(as_sent(rows), model.predict_proba(rows)),
        pyfunc_predict_fn="predict_proba",
        pip_requirements=["scikit-learn", "skops"],
        serialization_format="skops",
        skops_trusted_types=TRUSTED,
    )
    version = client.create_model_version(name, info.model_uri, tags=tags, model_id=info.model_id)
    return version.version
