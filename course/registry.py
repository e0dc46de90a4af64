"""Where models are kept under a version, and found under an alias: in memory, or in MLflow."""

from __future__ import annotations

import os
import pickle
import tempfile
import warnings
from collections.abc import Mapping
from importlib.metadata import version as installed
from typing import Any, Protocol

import pandas as pd
from pandas.api.types import is_numeric_dtype
from sklearn.pipeline import Pipeline

from course.lessons import CourseError

# What FlightDesk's model consists of and skops does not know to be harmless. Loading a file cannot
# run anything else, as a pickle could.
TRUSTED = [
    "numpy.asarray",
    "numpy.dtype",
    "sklearn.compose._column_transformer.make_column_selector",
]


class Registry(Protocol):
    """Numbered versions of a model. An alias is a name that points at one of them."""

    def register(self, model: Pipeline, tags: Mapping[str, str], example: pd.DataFrame) -> int:
        """Keep a trained model as the next version.

        Parameters
        ----------
        model : sklearn.pipeline.Pipeline
            A trained classifier.
        tags : mapping of str to str
            What to know about this version, such as the week it was trained in.
        example : pandas.DataFrame, shape (n_rows, n_columns)
            Some rows that the model takes: their columns become part of its signature.

        Returns
        -------
        int
            The version: 1, 2, 3 and so on.
        """

    def point(self, alias: str, version: int | None) -> None:
        """Point an alias at a version, or at none.

        Raises
        ------
        ValueError
            If there is no such version.
        """

    def version(self, alias: str) -> int | None:
        """Return the version that an alias points at, or None."""

    def load(self, version: int) -> Pipeline:
        """Return the model of a version.

        Raises
        ------
        ValueError
            If there is no such version.
        """

    def tags(self, version: int) -> dict[str, str]:
        """Return the tags of a version.

        Raises
        ------
        ValueError
            If there is no such version.
        """


class MemoryRegistry:
    """A registry that is gone with the process, and costs no time.

    Examples
    --------
    >>> from course.model import make_model
    >>> X = pd.DataFrame({"time_of_day": [8.0, 20.0] * 100})
    >>> model = make_model().fit(X, [0, 1] * 100)
    >>> registry = MemoryRegistry()
    >>> version = registry.register(model, {"week": "4"}, X)
    >>> registry.point("champion", version)
    >>> registry.version("champion"), registry.tags(version)
    (1, {'week': '4'})
    """

    def __init__(self) -> None:
        self._models: list[tuple[bytes, dict[str, str]]] = []
        self._aliases: dict[str, int] = {}

    def register(self, model: Pipeline, tags: Mapping[str, str], example: pd.DataFrame) -> int:
        """Keep a trained model as the next version; see `Registry`."""
        # A version never changes, and bytes are made in a quarter of the time of a deep copy.
        self._models.append((pickle.dumps(model), dict(tags)))
        return len(self._models)

    def point(self, alias: str, version: int | None) -> None:
        """Point an alias at a version, or at none; see `Registry`."""
        if version is None:
            self._aliases.pop(alias, None)
        else:
            self._find(version)
            self._aliases[alias] = version

    def version(self, alias: str) -> int | None:
        """Return the version that an alias points at, or None."""
        return self._aliases.get(alias)

    def load(self, version: int) -> Pipeline:
        """Return the model of a version; see `Registry`."""
        model: Pipeline = pickle.loads(self._find(version)[0])  # noqa: S301 (its own bytes)
        return model

    def tags(self, version: int) -> dict[str, str]:
        """Return the tags of a version; see `Registry`."""
        return dict(self._find(version)[1])

    def _find(self, version: int) -> tuple[bytes, dict[str, str]]:
        if not 1 <= version <= len(self._models):
            raise _no_version(version)
        return self._models[version - 1]


class MlflowRegistry:
    """A model registry of MLflow, in the workspace that is open.

    Parameters
    ----------
    name : str
        The registered model's name; its versions go on where they are.

    Raises
    ------
    CourseError
        If no workspace is open.

    Examples
    --------
    >>> from course.model import make_model
    >>> from course.workspace import open_workspace
    >>> workspace = open_workspace("10-drift-triggered-retraining")
    >>> X = pd.DataFrame({"time_of_day": [8.0, 20.0] * 100})
    >>> model = make_model().fit(X, [0, 1] * 100)
    >>> registry = MlflowRegistry("evening-flights")
    >>> version = registry.register(model, {"week": "4"}, X)
    >>> registry.point("champion", version)
    >>> registry.load(registry.version("champion")).predict(X[:2])
    array([0, 1])
    """

    def __init__(self, name: str) -> None:
        if "MLFLOW_TRACKING_URI" not in os.environ:
            raise CourseError(
                "No workspace is open, so MLflow would write beside the notebook: "
                "run open_workspace(...) first; it is in the setup cell."
            )
        import mlflow  # takes a second

        _import_flavors()
        self.name = name
        self._client = mlflow.MlflowClient()
        if not self._client.search_registered_models(f"name = '{name}'"):
            self._client.create_registered_model(name)

    def register(self, model: Pipeline, tags: Mapping[str, str], example: pd.DataFrame) -> int:
        """Keep a trained model as the next version; see `Registry`."""
        import mlflow.sklearn
        from mlflow.models import infer_signature

        rows = example.head()
        signature = infer_signature(as_sent(rows), model.predict_proba(rows))
        # MLflow would take seconds to find these out.
        needed = [f"{name}=={installed(name)}" for name in ("scikit-learn", "skops")]
        logged = mlflow.sklearn.log_model(
            model,
            name=self.name,
            signature=signature,
            pyfunc_predict_fn="predict_proba",
            pip_requirements=needed,
            serialization_format="skops",
            skops_trusted_types=TRUSTED,
        )
        # log_model could register it too, but tells so on stderr.
        version = self._client.create_model_version(
            self.name,
            logged.model_uri,
            tags=dict(tags),
            model_id=logged.model_id,
        )
        return int(version.version)

    def point(self, alias: str, version: int | None) -> None:
        """Point an alias at a version, or at none; see `Registry`."""
        if version is None:
            self._client.delete_registered_model_alias(self.name, alias)
        else:
            self.tags(version)
            self._client.set_registered_model_alias(self.name, alias, str(version))

    def version(self, alias: str) -> int | None:
        """Return the version that an alias points at, or None."""
        version = self._client.get_registered_model(self.name).aliases.get(alias)
        return None if version is None else int(version)

    def load(self, version: int) -> Pipeline:
        """Return the model of a version; see `Registry`."""
        import mlflow.sklearn

        self.tags(version)
        # From where it lies, MLflow cannot load it if the path holds what looks like %41.
        with tempfile.TemporaryDirectory() as scratch:
            return mlflow.sklearn.load_model(f"models:/{self.name}/{version}", dst_path=scratch)

    def info(self, version: int) -> Any:
        """Return what MLflow wrote down beside the model of a version.

        Parameters
        ----------
        version : int
            A version.

        Returns
        -------
        mlflow.models.Model
            With its `signature` and its `flavors`.

        Raises
        ------
        ValueError
            If there is no such version.
        """
        import mlflow.artifacts
        from mlflow.models import Model

        self.tags(version)
        uri = f"models:/{self.name}/{version}"
        with tempfile.TemporaryDirectory() as scratch:  # as in `load`
            return Model.load(mlflow.artifacts.download_artifacts(uri, dst_path=scratch))

    def tags(self, version: int) -> dict[str, str]:
        """Return the tags of a version; see `Registry`."""
        from mlflow.exceptions import MlflowException

        try:
            return dict(self._client.get_model_version(self.name, str(version)).tags)
        except MlflowException as error:
            raise _no_version(version) from error


def _no_version(version: int) -> ValueError:
    return ValueError(
        f"The registry has no version {version}: take one that register returned, "
        "or that an alias points at."
    )


def as_sent(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as a client sends them: in text and numbers, where a missing integer is NaN.

    MLflow's schemas know no categories, and warn of integers.

    Parameters
    ----------
    rows : pandas.DataFrame, shape (n_rows, n_columns)
        Features.

    Returns
    -------
    pandas.DataFrame, shape (n_rows, n_columns)
        Columns of text and of float64.

    Examples
    --------
    >>> rows = pd.DataFrame({"origin": pd.Categorical(["JFK"]), "weekday": [4]})
    >>> {name: str(dtype) for name, dtype in as_sent(rows).dtypes.items()}
    {'origin': 'str', 'weekday': 'float64'}
    """
    types = {name: "float64" if is_numeric_dtype(rows[name]) else "str" for name in rows}
    return rows.astype(types)


def _import_flavors() -> None:
    """Import the part of MLflow that logs models, which takes a second and warns of itself."""
    with warnings.catch_warnings():
        # MLflow's warning of its own type hints, which it hides where nobody asked for errors.
        warnings.filterwarnings("ignore", ".*Any type hint is inferred", UserWarning)
        import mlflow.pyfunc  # noqa: F401
