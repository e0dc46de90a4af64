"""Lesson 07's widget: what is registered, where it comes from, who serves and who served before."""

from __future__ import annotations

from typing import Any

from course import champions
from course.figures.registry import registry_board
from course.lessons import CourseError
from course.lineage import Version, versions
from course.widgets.explorer import Explorer, button, slider


def _reach(last: int) -> Any:
    return slider(1, 1, last, label="Version", show="version {}".format)


class RegistryBoard(Explorer):
    """Look at the versions of a model in MLflow's registry; promote one, and roll back.

    What the buttons do, they do in the registry itself. What others change there shows as soon as
    a control is moved, a button pressed, or `refresh()` called.

    Parameters
    ----------
    name : str
        A registered model that has versions.

    Raises
    ------
    CourseError
        If there is no such model, or it has no version.

    Examples
    --------
    >>> from course.drills import new_model
    >>> from course.workspace import open_workspace
    >>> workspace = open_workspace("07-model-versioning")
    >>> board = RegistryBoard(new_model(versions=2))
    >>> for board.version in (1, 2):
    ...     board.promote()
    >>> print(board.describe())  # doctest: +ELLIPSIS
    Version 2 is champion. Before it came version 1, which a rollback would bring back. ...
    """

    version = _reach(1)

    def __init__(self, name: str) -> None:
        import mlflow
        from mlflow.exceptions import MlflowException

        self._client, self.name = mlflow.MlflowClient(), name
        try:
            self._read()
            last = self._versions[-1].number
        except (MlflowException, IndexError) as error:
            raise CourseError(
                f"No version of {name!r} is registered: register one first."
            ) from error
        self.add_traits(version=_reach(last))
        super().__init__(version=self._champion or last)

    @button("Promote the version shown")
    def promote(self) -> None:
        """Make the version that is shown the champion."""
        champions.crown(self._client, self.name, self.version)

    @button("Roll back")
    def roll_back(self) -> None:
        """Make the version champion that was it before."""
        self.version = champions.uncrown(self._client, self.name)

    @button("Read the registry again")
    def reread(self) -> None:
        """Show what a Python cell, or somebody else, has changed."""

    def refresh(self) -> None:
        """Read the registry again, and draw."""
        self._read()
        last = self._versions[-1].number
        if last != self.traits()["version"].positions[-1]:
            self.offer("version", _reach(last))
        super().refresh()

    def draw(self) -> str:
        """Draw the versions, and the lineage of the one that is shown."""
        return registry_board(self.name, self._versions, self.version)

    def describe(self) -> str:
        """Tell who is champion, who was before, and how the version shown compares."""
        every = {version.number: version for version in self._versions}
        champion, before = self._champion, self._before
        if champion is None:
            said = "No version is champion yet, so nothing would serve."
        elif before:
            said = (
                f"Version {champion} is champion. Before it came version {before[-1]}, "
                "which a rollback would bring back."
            )
        else:
            said = f"Version {champion} is champion. None was before: there is no way back."
        if self.version not in every:
            return f"{said} Version {self.version} has been deleted."
        # The champion itself is compared with the one that it replaced.
        other = champion if champion != self.version else before[-1] if before else None
        return f"{said} {_compare(every[self.version], every.get(other or 0))}"

    def _read(self) -> None:
        """Read once what a figure and its sentence tell: it takes longer than to draw them."""
        self._versions = versions(self._client, self.name)
        self._champion = champions.champion(self._client, self.name)
        self._before = champions.former(self._client, self.name)


def _compare(shown: Version, other: Version | None) -> str:
    """Say at which slices a version is better or worse than another one."""
    places = [place for place in shown.auc if other and place in other.auc]
    if other is None or not places:
        return f"You are looking at version {shown.number}."
    gains = {place: shown.auc[place] - other.auc[place] for place in places}
    overall = f", {gains.pop('all'):+.3f} of AUC overall" if "all" in gains else ""
    sides = {
        "better at": [place for place, gain in gains.items() if gain > 0],
        "worse at": [place for place, gain in gains.items() if gain < 0],
    }
    said = [f"{side} {_listed(at)}" for side, at in sides.items() if at]
    return (
        f"Version {shown.number}, which you are looking at, is {' and '.join(said) or 'as good'} "
        f"{'than' if said else 'as'} version {other.number}{overall}."
    )


def _listed(places: list[str]) -> str:
    *first, last = places
    return f"{', '.join(first)} and {last}" if first else last
