"""Who is champion, who was before, and how the alias moves: all of it kept in MLflow's registry."""

from __future__ import annotations

from typing import Any

CHAMPION = "champion"
# The tag of the registered model that remembers former champions, oldest first: "1,2". When the
# process is killed between two writes, the champion itself stands at its end, and does not count.
FORMER = "former_champions"


def champion(client: Any, name: str) -> int | None:
    """Return the version that the alias `champion` points at, or None.

    Parameters
    ----------
    client : mlflow.MlflowClient
        Where to look.
    name : str
        A registered model.

    Returns
    -------
    int or None
        The version.
    """
    version = client.get_registered_model(name).aliases.get(CHAMPION)
    return None if version is None else int(version)


def former(client: Any, name: str) -> list[int]:
    """Return the versions that were champion before, oldest first.

    Parameters
    ----------
    client : mlflow.MlflowClient
        Where to look.
    name : str
        A registered model.

    Returns
    -------
    list of int
        The last one is what a rollback brings back.
    """
    registered = client.get_registered_model(name)
    versions = [int(version) for version in registered.tags.get(FORMER, "").split(",") if version]
    while versions and str(versions[-1]) == str(registered.aliases.get(CHAMPION)):
        versions.pop()
    return versions


def crown(client: Any, name: str, version: int) -> None:
    """Make a version the champion, and remember the one that was.

    Parameters
    ----------
    client : mlflow.MlflowClient
        Where to write.
    name : str
        A registered model.
    version : int
        One of its versions.
    """
    until_now = champion(client, name)
    if until_now is not None and until_now != version:
        _remember(client, name, [*former(client, name), until_now])
    client.set_registered_model_alias(name, CHAMPION, str(version))


def uncrown(client: Any, name: str) -> int:
    """Bring back the version that was champion before, and forget that it was.

    Parameters
    ----------
    client : mlflow.MlflowClient
        Where to write.
    name : str
        A registered model.

    Returns
    -------
    int
        The version that is champion now.

    Raises
    ------
    ValueError
        If none was champion before.
    """
    if not (versions := former(client, name)):
        raise ValueError(f"No version of {name} was champion before: there is none to go back to.")
    # First without the champion at its end: killed after the next write, it would count as former.
    _remember(client, name, versions)
    client.set_registered_model_alias(name, CHAMPION, str(versions[-1]))
    _remember(client, name, versions[:-1])
    return versions[-1]


def _remember(client: Any, name: str, versions: list[int]) -> None:
    client.set_registered_model_tag(name, FORMER, ",".join(map(str, versions)))
