"""What a caller of a model sees when the next version asks for other inputs."""

from __future__ import annotations

import logging
from typing import Any

import pandas as pd


def caller_sees(rows: pd.DataFrame, inputs: Any) -> str:
    """Return what MLflow answers to rows, where a model has such inputs in its signature.

    Parameters
    ----------
    rows : pandas.DataFrame, shape (n_rows, n_columns)
        What a caller sends.
    inputs : mlflow.types.Schema
        What the model asks for: the `inputs` of its signature.

    Returns
    -------
    str
        `an answer`, perhaps with the columns that it does not heed, or the error.

    Examples
    --------
    >>> from course.workspace import open_workspace
    >>> workspace = open_workspace("07-model-versioning")
    >>> from mlflow.types import ColSpec, Schema
    >>> asked = Schema([ColSpec("double", "temp"), ColSpec("double", "wind", required=False)])
    >>> caller_sees(pd.DataFrame({"temp": [39.2]}), asked)
    'an answer'
    >>> caller_sees(pd.DataFrame({"temp": [39.2], "humid": [50.0]}), asked)
    "an answer that does not heed ['humid']"
    >>> caller_sees(pd.DataFrame({"wind": [9.2]}), asked)
    "an error: Model is missing inputs ['temp']."
    """
    from mlflow.exceptions import MlflowException
    from mlflow.models.utils import _enforce_schema  # what a served model does first

    log = logging.getLogger("mlflow.models.utils")
    log.addFilter(_silence)  # it tells the operator of unknown columns, and not the caller
    try:
        taken = _enforce_schema(rows, inputs)
    except MlflowException as error:
        return f"an error: {error.message}"
    finally:
        log.removeFilter(_silence)
    unheeded = [name for name in rows if name not in taken]
    return f"an answer that does not heed {unheeded}" if unheeded else "an answer"


def _silence(record: logging.LogRecord) -> bool:
    return False
