"""What the git server runs after a push: the stages of each new commit, with what came of them.

A bare repository's hook calls `main` (see `course.project`). Each commit gets a folder in `runs/`
beside the repository, with `run.json`, and for each stage `STAGE.json` and `STAGE.log`, written as
things happen: whoever looks at the folder sees a running pipeline.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.git import environment, git

CHECKS = ("lint", "test", "validate-data", "train", "gate")  # of every commit
RELEASE = ("register", "deploy")  # of those on main
STAGES = CHECKS + RELEASE
NOTHING = "0" * 40  # what git calls a branch that is not there


@dataclass(frozen=True)
class Stage:
    """One stage of a run.

    Attributes
    ----------
    name : str
        One of `STAGES`: the name of a nox session.
    state : str
        "waiting", "running", "passed", "failed" or "skipped".
    exit_code : int or None
        What the session ended with.
    seconds : float or None
        How long it took.
    folder : Path
        Where its log lies.
    """

    name: str
    state: str
    exit_code: int | None
    seconds: float | None
    folder: Path

    @property
    def log(self) -> str:
        """All that the session has printed so far."""
        file = self.folder / f"{self.name}.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


@dataclass(frozen=True)
class Run:
    """The pipeline of one commit.

    Attributes
    ----------
    number : int
        1, 2, 3 and so on.
    commit, branch, message : str
        What was pushed, and where to.
    stages : tuple of Stage
        One for each of `STAGES`.
    """

    number: int
    commit: str
    branch: str
    message: str
    stages: tuple[Stage, ...]

    @classmethod
    def skipped(cls, commit: str, branch: str, message: str) -> Run:
        """Return a run of which nothing has run."""
        stages = (Stage(name, "skipped", None, None, Path(os.devnull)) for name in STAGES)
        return cls(0, commit, branch, message, tuple(stages))

    @property
    def stopped_at(self) -> str | None:
        """The stage that failed, if one did."""
        return next((stage.name for stage in self.stages if stage.state == "failed"), None)

    @property
    def finished(self) -> bool:
        """Whether nothing is still to come."""
        return not any(stage.state in ("waiting", "running") for stage in self.stages)

    @property
    def deployed(self) -> bool:
        """Whether its release went into production."""
        return self.stages[-1].state == "passed"

    @property
    def outcome(self) -> str:
        """What came of it, in a few words."""
        if self.stopped_at:
            return f"stopped at {self.stopped_at}"
        if not self.finished:
            return "still running"
        if self.deployed:
            return "all stages passed: it is live"
        passed = any(stage.state == "passed" for stage in self.stages)
        return "passed, and not released: it is not on main" if passed else "did not run"

    def report(self, lines: int = 12) -> str:
        """Return the outcome, and the last lines of the stage that failed."""
        told = [f"{self.message}: {self.outcome}"]
        if self.stopped_at:
            told += self.log(self.stopped_at).splitlines()[-lines:]
        return "\n".join(told)

    def log(self, stage: str) -> str:
        """Return what a stage has printed.

        Raises
        ------
        ValueError
            If there is no such stage.
        """
        if stage not in STAGES:
            raise ValueError(f"A stage is one of {', '.join(STAGES)}: not {stage!r}.")
        return self.stages[STAGES.index(stage)].log


def read_runs(folder: Path) -> list[Run]:
    """Return the runs that a folder holds.

    Parameters
    ----------
    folder : Path
        `runs/` beside the bare repository; it need not exist yet.

    Returns
    -------
    list of Run
        The oldest first.
    """
    # run.json is written last, when all else of a new run is there.
    return [_read_run(file.parent) for file in sorted(folder.glob("*/run.json"))]


def main(repository: Path, pushed: Iterable[str]) -> None:
    """Run the pipeline of each commit that a push brought.

    Parameters
    ----------
    repository : Path
        The bare repository. The environments are in `environments/` beside it.
    pushed : iterable of str
        What git gives a post-receive hook: lines of the old commit, the new one, and the branch.
    """
    for line in pushed:
        old, new, reference = line.split()
        branch = reference.removeprefix("refs/heads/")
        if new != NOTHING:
            for commit in _new_commits(repository, old, new):
                _run(repository, commit, branch)


def _new_commits(repository: Path, old: str, new: str) -> list[str]:
    """Return the commits of a push, the oldest first; those of a new branch are not on main."""
    since = old if old != NOTHING else "refs/heads/main"
    found = git(repository, "rev-list", "--reverse", new, f"^{since}").split()
    return found or [new]  # a branch that points at an old commit is run again


def _run(repository: Path, commit: str, branch: str) -> None:
    runs = repository.parent / "runs"
    number = len(read_runs(runs)) + 1
    folder, checkout = runs / f"{number:03}-{commit[:7]}", repository.parent / "checkout"
    folder.mkdir(parents=True)
    to_run = STAGES if branch == "main" else CHECKS
    for stage in STAGES:
        _note(folder, stage, "waiting" if stage in to_run else "skipped")
    message = git(repository, "log", "-1", "--format=%s", commit).strip()
    about = {"number": number, "commit": commit, "branch": branch, "message": message}
    _write(folder / "run.json", about)
    shutil.rmtree(checkout, ignore_errors=True)
    git(repository, "clone", "--quiet", "--shared", "--no-checkout", ".", str(checkout))
    git(checkout, "checkout", "--quiet", commit)
    # Jupyter asks for colors, and nox refuses to run when it is asked for both.
    inherited = {name: value for name, value in environment().items() if name != "FORCE_COLOR"}
    surroundings = inherited | {
        "GITHUB_SHA": commit,  # as GitHub's runners name them
        "GITHUB_REF_NAME": branch,
        "FLIGHTDESK_ENVIRONMENTS": str(repository.parent / "environments"),
        "NO_COLOR": "1",
    }
    print(f"run {number}: {message} ({commit[:7]} on {branch})", flush=True)
    for place, stage in enumerate(to_run):
        if not _stage(folder, checkout, stage, surroundings):
            for rest in to_run[place + 1 :]:
                _note(folder, rest, "skipped")
            break
    shutil.rmtree(checkout, ignore_errors=True)


def _stage(folder: Path, checkout: Path, stage: str, surroundings: dict[str, str]) -> bool:
    """Run a session of the commit's noxfile, and tell whether it passed."""
    _note(folder, stage, "running")
    started = time.monotonic()
    with (folder / f"{stage}.log").open("wb") as log:
        code = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "nox", "--non-interactive", "-s", stage],
            cwd=checkout, env=surroundings, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT, check=False,
        ).returncode  # fmt: skip
    seconds = round(time.monotonic() - started, 2)
    state = "passed" if code == 0 else "failed"
    _note(folder, stage, state, code, seconds)
    ended = "" if code == 0 else f" with exit code {code}"
    print(f"  {stage} {state}{ended} after {seconds:.1f} s", flush=True)
    return code == 0


def _note(
    folder: Path, stage: str, state: str, exit_code: int | None = None, seconds: float | None = None
) -> None:
    _write(folder / f"{stage}.json", {"state": state, "exit_code": exit_code, "seconds": seconds})


def _write(file: Path, facts: dict[str, object]) -> None:
    """Write a file at once: a reader sees what was there before, or all that is there now."""
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(facts), encoding="utf-8")
    draft.replace(file)


def _read_run(folder: Path) -> Run:
    stages = tuple(
        Stage(name, **json.loads((folder / f"{name}.json").read_text("utf-8")), folder=folder)
        for name in STAGES
    )
    return Run(**json.loads((folder / "run.json").read_text("utf-8")), stages=stages)


if __name__ == "__main__":
    main(Path.cwd(), sys.stdin)
