"""Make the challenger a version in MLflow's registry, with what it came from."""

import json
import os
import warnings
from importlib.metadata import version as installed
from pathlib import Path

import skops.io  # first: it looks through all modules that are there, and MLflow brings many

import mlflow.sklearn
import pandas as pd
from mlflow.models import infer_signature

from flightdesk.features import features
from flightdesk.model import TRUSTED

NAME = "flightdesk"


def main() -> None:
    """Register artifacts/model.skops, and note its version."""
    facts = json.loads(Path("artifacts/facts.json").read_text())
    model = skops.io.load("artifacts/model.skops", trusted=TRUSTED)
    X = features(pd.read_csv("data/golden.csv").head())
    X = X.astype({name: "float64" for name in X.select_dtypes("number")})
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*type hint", UserWarning)
        logged = mlflow.sklearn.log_model(
            model,
            name=NAME,
            signature=infer_signature(X, model.predict_proba(X)),
            pyfunc_predict_fn="predict_proba",  # what the signature says that comes out
            pip_requirements=[f"{name}=={installed(name)}" for name in ("scikit-learn", "skops")],
            serialization_format="skops",
            skops_trusted_types=TRUSTED,
        )
    client = mlflow.MlflowClient()
    if not client.search_registered_models(f"name = '{NAME}'"):
        client.create_registered_model(NAME)
    tags = {"commit": os.environ["GITHUB_SHA"], "data": facts["data"]}
    version = client.create_model_version(
        NAME, logged.model_uri, tags=tags, model_id=logged.model_id
    )
    client.set_registered_model_alias(NAME, "challenger", version.version)
    facts |= {"version": int(version.version), "commit": os.environ["GITHUB_SHA"]}
    Path("artifacts/facts.json").write_text(json.dumps(facts, indent=2))
    print(f"{NAME} version {version.version}, from commit {facts['commit'][:7]}")


if __name__ == "__main__":
    main()
