"""Lesson 05's widget: every push, how far its stages are, and what they have printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from course.figures.pipeline import pipeline_board
from course.pipeline import STAGES, Run
from course.widgets.explorer import Explorer, choice

NEWEST = "newest"
LOGS = {"last": "the stage that ran last"} | {name: name for name in STAGES} | {"none": "no stage"}


class Pushed(Protocol):
    """What has runs, and tells when they have got further: a `course.project.Project`."""

    def runs(self) -> list[Run]:
        """Return the runs, the oldest first."""

    def watch(self, callback: Callable[[], object]) -> None:
        """Have a function called whenever a run has got further."""


def _pushes(runs: Sequence[Run]) -> Any:
    numbers = {str(run.number): str(run.number) for run in reversed(runs)}
    return choice(NEWEST, {NEWEST: "the newest"} | numbers, label="Push")


class PipelineBoard(Explorer):
    """Watch what a server does with each push: its stages as they run, and what they print.

    Parameters
    ----------
    project : Project
        Whose pushes to show. While `project.push` waits for the stages, the board follows them.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from course.project import Project
    >>> board = PipelineBoard(Project(Path(tempfile.mkdtemp()) / "desk"))
    >>> board.describe()
    'Nothing has been pushed yet.'
    """

    push = _pushes([])
    stage = choice("last", LOGS, label="Log of")

    def __init__(self, project: Pushed) -> None:
        self._project = project
        super().__init__()
        self.refresh()
        project.watch(self.refresh)

    def refresh(self) -> None:
        """Look at the pushes again, and draw."""
        pushes = _pushes(self._project.runs())
        if pushes.positions != self.traits()["push"].positions:
            self.offer("push", pushes)
        super().refresh()

    def draw(self) -> str:
        """Draw all pushes with their stages, and the log of one stage."""
        runs = self._project.runs()
        shown = self._chosen(runs)
        stage = None if self.stage == "none" else self.stage
        if stage == "last":
            stage = _last(shown) if shown else STAGES[0]
        return pipeline_board(runs, shown, stage)

    def describe(self) -> str:
        """Tell how far the chosen push came, and what stopped it."""
        run = self._chosen(self._project.runs())
        return "Nothing has been pushed yet." if run is None else _told(run)

    def _chosen(self, runs: Sequence[Run]) -> Run | None:
        if self.push == NEWEST:
            return runs[-1] if runs else None
        return next((run for run in runs if str(run.number) == self.push), None)


def _last(run: Run) -> str:
    """Return the name of the stage that runs, or ran last."""
    ran = [stage.name for stage in run.stages if stage.state not in ("waiting", "skipped")]
    return ran[-1] if ran else STAGES[0]


def _told(run: Run) -> str:
    after = f"after {sum(stage.seconds or 0 for stage in run.stages):.1f} seconds"
    passed = sum(stage.state == "passed" for stage in run.stages)
    if stopped := run.stopped_at:
        place = [stage.name for stage in run.stages].index(stopped)
        code, left = run.stages[place].exit_code, len(run.stages) - place - 1
        rest = f"; the {_stages(left)} behind it did not run" if left else ""
        return f"Push {run.number} was stopped by {stopped} {after}, with exit code {code}{rest}."
    if not run.finished:
        place = [stage.name for stage in run.stages].index(_last(run)) + 1
        return f"Push {run.number} is running: {_last(run)}, stage {place} of {len(run.stages)}."
    if run.deployed:
        return f"Push {run.number} passed all {_stages(passed)} and is deployed, {after}."
    return (
        f"Push {run.number} passed {_stages(passed)} {after}; from {run.branch} none is deployed."
    )


def _stages(number: int) -> str:
    return f"{number} stage{'' if number == 1 else 's'}"
