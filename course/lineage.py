"""Where each version of a model comes from, and how good it is: read from the registry, by run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

LINEAGE = ("data_hash", "git_commit", "run", "trained_on")
METRIC = "auc_"


@dataclass(frozen=True)
class Version:
    """One version of a registered model.

    Attributes
    ----------
    number : int
        1, 2, 3 and so on.
    aliases : list of str
        Those that point at it.
    registered : datetime
        When, in local time.
    auc : dict of str to float
        By slice, such as the airports: the run's metrics that begin with `auc_`.
    lineage : dict of str to str
        Its tags `data_hash`, `git_commit`, `run` and `trained_on`, where it has them.
    parameters : dict of str to str
        Those of its run.
    """

    number: int
    aliases: list[str]
    registered: datetime
    auc: dict[str, float]
    lineage: dict[str, str]
    parameters: dict[str, str]


def versions(client: Any, name: str) -> list[Version]:
    """Return all versions of a registered model, the oldest first.

    Parameters
    ----------
    client : mlflow.MlflowClient
        Where to look.
    name : str
        A registered model.

    Returns
    -------
    list of Version
        Empty, if there are none.
    """
    found = client.search_model_versions(f"name = '{name}'")
    aliases = client.get_registered_model(name).aliases
    return [_version(client, one, aliases) for one in sorted(found, key=lambda v: int(v.version))]


def _version(client: Any, found: Any, aliases: dict[str, str]) -> Version:
    number = int(found.version)
    run = _run(client, found.tags.get("run"))
    metrics = run.data.metrics if run else {}
    return Version(
        number,
        sorted(alias for alias, version in aliases.items() if int(version) == number),
        datetime.fromtimestamp(found.creation_timestamp / 1000),
        {key.removeprefix(METRIC): auc for key, auc in metrics.items() if key.startswith(METRIC)},
        {key: found.tags[key] for key in LINEAGE if key in found.tags},
        dict(run.data.params) if run else {},
    )


def _run(client: Any, number: str | None) -> Any:
    """Return a run, or None where a tag names one that is not there."""
    from mlflow.exceptions import MlflowException

    try:
        return client.get_run(number) if number else None
    except MlflowException:
        return None
