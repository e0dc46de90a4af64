"""Has the model stored by cloudpickle, of which MLflow warns on stderr each time.

Caught by: register-check-signature
"""


def register(client, name, model, rows, tags):
    """Keep a model as the next version of a registered model, and return the version."""
    if not all(tags.get(key) for key in ("data_hash", "git_commit", "run")):
        raise ValueError("A tag is missing or empty.")
    if not client.search_registered_models(f"name = '{name}'"):
        client.create_registered_model(name)
    logged = mlflow.sklearn.log_model(
        model,
        name=name,
        signature=mlflow.models.infer_signature(as_sent(rows), model.predict_proba(rows)),
        pyfunc_predict_fn="predict_proba",
        pip_requirements=["scikit-learn", "cloudpickle"],
        serialization_format="cloudpickle",
    )
    made = client.create_model_version(name, logged.model_uri, tags=tags, model_id=logged.model_id)
    return made.version
