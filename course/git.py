"""git as the course uses it: with an identity of its own, and nobody's configuration."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from course.lessons import CourseError

IDENTITY = {"NAME": "You, at FlightDesk", "EMAIL": "you@flightdesk.example"}


def environment() -> dict[str, str]:
    """Return the environment for a git that neither reads nor changes anybody's configuration.

    Examples
    --------
    >>> environment()["GIT_AUTHOR_NAME"]
    'You, at FlightDesk'
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in IDENTITY.items()
    }
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return kept | who | alone | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}


def git(folder: Path, *arguments: str, **variables: str) -> str:
    """Run git in a folder, and return what it printed.

    Parameters
    ----------
    folder : Path
        Where.
    *arguments : str
        What git is to do.
    **variables : str
        Added to its environment.

    Raises
    ------
    CourseError
        If git is not installed, or fails: with its reason.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> git(Path(mkdtemp()), "log")
    Traceback (most recent call last):
    course.lessons.CourseError: git log failed: fatal: not a git repository ...
    """
    if shutil.which("git") is None:
        raise CourseError(
            "git is not installed: install it (on Debian `apt install git`, elsewhere see "
            "git-scm.com/downloads), then start the notebook again."
        )
    done = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=folder, env=environment() | variables, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CourseError(f"git {arguments[0]} failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout
