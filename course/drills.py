"""Practice on a registry: models made in a moment, and a process that dies in a change."""

from __future__ import annotations

import io
import os
import signal
import sys
import warnings
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from course.model import make_model

CHANGES = ("create_", "copy_", "delete_", "log_", "rename_", "set_", "transition_", "update_")


def new_model(versions: int) -> str:
    """Register a model that nobody has seen, with versions that hold no files.

    Parameters
    ----------
    versions : int
        How many; each has the tag `run`, such as `run-1`.

    Returns
    -------
    str
        Its name.

    Examples
    --------
    >>> from course.workspace import open_workspace
    >>> workspace = open_workspace("07-model-versioning")
    >>> import mlflow
    >>> mlflow.MlflowClient().get_model_version(new_model(versions=3), "2").tags
    {'run': 'run-2'}
    """
    import mlflow

    registry, name = mlflow.MlflowClient(), f"drill-{uuid4().hex[:12]}"
    registry.create_registered_model(name)
    for number in range(1, versions + 1):
        registry.create_model_version(name, source="nowhere", tags={"run": f"run-{number}"})
    return name


def small_model(seed: int) -> tuple[Pipeline, pd.DataFrame]:
    """Train a model in a moment, another one for each seed.

    Parameters
    ----------
    seed : int
        Of the numbers that it learns from.

    Returns
    -------
    model : sklearn.pipeline.Pipeline
        FlightDesk's recipe, on few rows.
    rows : pandas.DataFrame, shape (200, 3)
        What it learned from: a category and two numbers.

    Examples
    --------
    >>> model, rows = small_model(seed=1)
    >>> model.predict_proba(rows).shape
    (200, 2)
    """
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "origin": pd.Categorical(rng.choice(["EWR", "JFK", "LGA"], 200)),
            "time_of_day": rng.uniform(5, 23, 200),
            "wind_speed": rng.uniform(0, 40, 200),
        }
    )
    late = rows["time_of_day"] + rng.normal(0, 6, 200) > 15
    return make_model().fit(rows, late.astype(float)), rows


class Stranger:
    """An object that nobody has looked at, and that notes when a file builds it.

    Attributes
    ----------
    built : int
        How many were built from files since it was last set to 0.

    Examples
    --------
    >>> import pickle
    >>> stranger = pickle.loads(pickle.dumps(Stranger()))
    >>> Stranger.built
    1
    """

    built = 0

    def __init__(self) -> None:
        self.note = "Good day."  # without a state, __setstate__ would not be called

    def __setstate__(self, state: dict[str, str]) -> None:
        """Note that a file has built it; any other code could stand here."""
        Stranger.built += 1
        self.__dict__ |= state


def killed(step: int, work: Callable[[Any], object]) -> bool:
    """Run `work(client)` in a process that is killed right before a change of the registry.

    It is killed as by a power cut (SIGKILL): nothing is tidied up, no `finally` runs.

    Parameters
    ----------
    step : int
        Before which change: 1 is the first call of a method of the client that changes something.
    work : callable
        Takes an `mlflow.MlflowClient`, and works with it alone.

    Returns
    -------
    bool
        Whether it was killed; False if it ended before it came that far.

    Raises
    ------
    RuntimeError
        If it raised an error of its own.

    Examples
    --------
    >>> from course.workspace import open_workspace
    >>> workspace = open_workspace("07-model-versioning")
    >>> import mlflow
    >>> name, client = new_model(versions=1), mlflow.MlflowClient()
    >>> def work(client):
    ...     client.set_registered_model_alias(name, "champion", "1")
    ...     client.delete_registered_model_alias(name, "champion")
    >>> killed(2, work), client.get_registered_model(name).aliases
    (True, {'champion': 1})
    >>> killed(3, work), client.get_registered_model(name).aliases
    (False, {})
    """
    import mlflow

    # A path of its own to the store: connections must not be shared with the parent.
    uri = f"{mlflow.get_tracking_uri()}?timeout=30"
    heard, told = os.pipe()
    sys.stdout.flush()
    with warnings.catch_warnings():
        # From Python 3.12 on. The child touches neither other threads nor what they hold.
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            sys.stdout = sys.stderr = io.StringIO()
            signal.alarm(60)  # should it hang all the same
            work(_doomed(mlflow.MlflowClient, step)(uri, uri))
            os._exit(0)
        except BaseException as error:
            os.write(told, f"{type(error).__name__}: {error}"[:2000].encode())
        finally:
            os._exit(1)
    os.close(told)
    with os.fdopen(heard, encoding="utf-8", errors="replace") as pipe:
        trouble = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if status:
        raise RuntimeError(
            f"It failed before it could be killed ({trouble}): call it here to see the error."
        )
    return False


def _doomed(client: type, step: int) -> type:
    """Return a kind of client that kills its process before its `step`-th change."""
    left = step

    class Doomed(client):  # type: ignore[misc]  # mlflow is untyped here
        def __getattribute__(self, method: str) -> Any:
            nonlocal left
            if method.startswith(CHANGES):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return super().__getattribute__(method)

    return Doomed
