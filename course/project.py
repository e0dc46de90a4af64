"""A small real project to practice on: a model service in git, and a server that checks each push.

Everything lies in one folder: `flightdesk/`, the learner's clone; `flightdesk.git/`, the bare
repository that it pushes to; and what the repository's hook makes, `runs/` and `environments/`.
Nothing of the user's git configuration is read or changed.
"""

from __future__ import annotations

import inspect
import os
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from course import flights
from course.git import environment, git
from course.lessons import CourseError
from course.pipeline import Run, read_runs

TEMPLATE = Path(__file__).parent / "data" / "service"
ROWS = 6000  # of the training data, from January and February, and of the golden set, from March
IMPORTS = """import math  # noqa: F401

import numpy as np  # noqa: F401
import pandas as pd  # noqa: F401
"""
# The hook's Python and its programs are the notebook's, and find the course as it does.
_OURS = {
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    "PYTHONPATH": str(Path(__file__).parents[1]),
}
LOOK = 0.1  # seconds between two looks at what the hook has written
FIRST_COMMIT = "2013-04-01T09:00:00+0000"


class Project:
    """FlightDesk's model service as a git repository, with a remote that runs its pipeline.

    Parameters
    ----------
    place : Path
        A folder of its own. A project that is there already gives way to a new one, which is the
        same: its first commit has the same id.

    Raises
    ------
    CourseError
        If git is not installed, or the folder holds anything else than a project.

    Examples
    --------
    >>> import tempfile
    >>> project = Project(Path(tempfile.mkdtemp()) / "desk")
    >>> project.edit("README.md", "how likely", "how probable")
    >>> project.git("status", "--short").strip()
    'M README.md'
    >>> project.runs()
    []
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder, self.remote = place / "flightdesk", place / "flightdesk.git"
        self.environments = place / "environments"
        self._watchers: list[Callable[[], object]] = []
        if self.remote.exists():
            shutil.rmtree(place)
        git(Path.cwd(), "--version")  # says so if there is none, before anything is made
        if place.exists() and any(place.iterdir()):
            raise CourseError(f"{place} is not empty: give the project a folder of its own.")
        self._make()

    def runs(self) -> list[Run]:
        """Return what became of all pushed commits, the oldest first."""
        return read_runs(self.place / "runs")

    def watch(self, callback: Callable[[], object]) -> None:
        """Have a function called whenever a push has got further."""
        self._watchers.append(callback)

    def git(self, *arguments: str) -> str:
        """Run git in the clone, and return what it printed.

        Raises
        ------
        CourseError
            If git fails: with its reason.
        """
        return git(self.folder, *arguments)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file of the clone.

        Parameters
        ----------
        file : str
            Its path in the project.
        old, new : str
            The text, and what takes its place.

        Raises
        ------
        CourseError
            If the text stands there more than once, or not at all.
        """
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise CourseError(
                f"{file} holds {old!r} {text.count(old)} times: give a text that stands there once."
            )
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        """Write a file of the clone, in place of what it held."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def put(self, file: str, function: Callable[..., object]) -> None:
        """Make a module of the clone hold a function that was written in the notebook.

        Parameters
        ----------
        file : str
            The module's path in the project.
        function : callable
            It may use `math`, `np` and `pd`, and nothing else of the notebook.

        Raises
        ------
        CourseError
            If its source cannot be found.
        """
        try:
            source = textwrap.dedent(inspect.getsource(function))
        except (OSError, TypeError) as error:
            raise CourseError(
                f"The source of {function!r} cannot be found: write it with def in a cell, "
                "and run that cell again."
            ) from error
        self.write(file, f"{IMPORTS}\n\n{source}")

    def push(self, message: str, branch: str = "main") -> Run:
        """Commit all changes, push them, and wait until the remote's pipeline has ended.

        Parameters
        ----------
        message : str
            What was changed.
        branch : str, default "main"
            Where to. Another branch starts at the clone's present commit, and the clone is on
            main again afterwards, without the change.

        Returns
        -------
        Run
            What became of the commit. Where nbgrader runs the notebook (it says so in the
            environment variable `NBGRADER_EXECUTION`) the change is committed and not pushed, and
            all stages are skipped: a class would wait for hours.

        Raises
        ------
        CourseError
            If nothing was changed, or git refuses.
        """
        if not self.git("status", "--porcelain").strip():
            raise CourseError("Nothing was changed since the last commit: change a file first.")
        before = len(self.runs())
        if branch != "main":
            self.git("switch", "--quiet", "-C", branch)
        try:
            self.git("add", "--all")
            self.git("commit", "--quiet", "-m", message)
            commit = self.git("rev-parse", "HEAD").strip()
            if "NBGRADER_EXECUTION" in os.environ:
                print("Not pushed: nbgrader runs this notebook, and no check looks at a push.")
                return Run.skipped(commit, branch, message)
            self._push(branch)
        finally:
            if branch != "main":
                self.git("switch", "--quiet", "main")
        runs = self.runs()
        if len(runs) == before:
            raise CourseError(
                f"The remote's hook did not run: see whether programs may run in {self.place}."
            )
        return runs[-1]

    def _push(self, branch: str) -> None:
        """Push a branch, and tell the watchers and the reader how far its pipeline is."""
        command = ["git", "push", "--quiet", "--force", "origin", branch]
        with subprocess.Popen(  # noqa: S603
            command, cwd=self.folder, env=environment() | _OURS, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        ) as pushing:  # fmt: skip
            shown: list[Run] = []
            while pushing.poll() is None:
                shown = self._tell(shown)
                try:
                    pushing.wait(LOOK)
                except subprocess.TimeoutExpired:
                    continue
            said = pushing.stdout.read() if pushing.stdout else ""
        self._tell(shown)
        if pushing.returncode:
            raise CourseError(f"git push failed: {said.strip()}")

    def _tell(self, shown: list[Run]) -> list[Run]:
        runs = self.runs()
        if runs != shown:
            for callback in self._watchers:
                callback()
        return runs

    def _make(self) -> None:
        shutil.copytree(
            TEMPLATE, self.folder, ignore=shutil.ignore_patterns("__pycache__", ".ruff_cache")
        )
        (self.folder / "data").mkdir()
        for name, rows in _data().items():
            rows.to_csv(self.folder / "data" / f"{name}.csv", index=False)
        for folder in ("staging", "production"):
            (self.environments / folder).mkdir(parents=True)
        start = ["init", "--quiet", "--template=", "--initial-branch=main"]
        git(self.place, *start, "--bare", str(self.remote))
        git(self.place, *start, str(self.folder))
        self.git("add", "--all")
        first = {"GIT_AUTHOR_DATE": FIRST_COMMIT, "GIT_COMMITTER_DATE": FIRST_COMMIT}
        git(self.folder, "commit", "--quiet", "-m", "Take over the model service", **first)
        self.git("remote", "add", "origin", str(self.remote))
        self.git("push", "--quiet", "origin", "main")
        # From now on each push is checked.
        hook = self.remote / "hooks" / "post-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -m course.pipeline\n")
        hook.chmod(0o755)


def _data() -> dict[str, pd.DataFrame]:
    """Return training data and golden set, by the columns of the project's schema."""
    year, weather = flights.load_flights(), flights.load_weather()
    X = flights.features(year, weather)
    columns = ["temp", "humid", "wind_speed", "precip", "visib"]
    table = year[["origin", "carrier", "sched_dep_time", "distance"]].join(X[columns])
    table["late"] = flights.labels(year)
    arrived = table["late"].notna()
    months = {"train": year["month"] <= 2, "golden": year["month"] == 3}
    return {
        name: table[arrived & rows].sample(ROWS, random_state=0).sort_index().astype({"late": int})
        for name, rows in months.items()
    }
