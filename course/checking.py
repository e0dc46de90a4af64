"""Check a learner's notebook in a process of its own, so that the page and the kernel go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir

from course.lessons import CourseError

COMMAND = (sys.executable, "-P", "-m", "course")  # -P: nothing beside the notebook is imported


def this_notebook() -> Path | None:
    """Return the notebook whose kernel this is, as far as the program that started it tells.

    Jupyter's server does, and VS Code; nbconvert and nbgrader do not.
    """
    from IPython import get_ipython

    shell = get_ipython()
    in_vs_code = shell.user_ns.get("__vsc_ipynb_file__") if shell else None
    name = os.environ.get("JPY_SESSION_NAME") or in_vs_code
    return Path(name) if name else None


def on_disk(path: str) -> Path | None:
    """Return where a file lies that the server of this kernel calls by its path from its root.

    None if no server on this machine has started the kernel, or if the path leads out of its root.
    """
    told = PurePosixPath(path)
    note = Path(jupyter_runtime_dir(), f"jpserver-{os.environ.get('JPY_PARENT_PID')}.json")
    try:
        root = Path(json.loads(note.read_text(encoding="utf-8"))["root_dir"])
    except (OSError, ValueError, KeyError):
        return None
    return None if told.is_absolute() or ".." in told.parts else root / told


def check_apart(notebook: Path, step: Callable[[int, int], None]) -> dict[str, Any]:
    """Run `mlops-course check` on a notebook, and return what it found.

    If this process ends before, so does that one, when its next cell has run.

    Parameters
    ----------
    notebook : Path
        The notebook, as it was last saved.
    step : callable
        Called with the number of cells that have run and the number of all cells.

    Returns
    -------
    dict
        What `mlops-course check --json` prints.

    Raises
    ------
    CourseError
        If it could not be checked, with the command's own sentence.

    Examples
    --------
    >>> check_apart(Path("nowhere.ipynb"), print)
    Traceback (most recent call last):
    course.lessons.CourseError: nowhere.ipynb does not exist: is its name spelled right?
    """
    document = None
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - our own command
            [*COMMAND, "check", "--json-lines", "--", notebook.name],
            cwd=notebook.resolve().parent,  # where the kernel may no longer be
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,  # who interrupts the notebook's kernel does not mean the check
        ) as process,
    ):
        for line in process.stdout or ():
            said = json.loads(line)
            if "exercises" in said:
                document = said
            else:
                step(said["ran"], said["cells"])
        process.wait()
        complaints.seek(0)
        told = complaints.read().decode(errors="replace").strip().splitlines()
    if document is None:
        raise CourseError(told[-1] if told else f"The check ended early ({process.returncode}).")
    return dict(document)
