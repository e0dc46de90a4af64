"""The button at the end of each lesson: save the notebook, check every answer, see what holds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from course.checking import check_apart, on_disk, this_notebook
from course.figures.checked import counted, report_board, running_board, shortened, standings_board
from course.lessons import CourseError, lesson_of
from course.progress.standing import standings
from course.widgets.explorer import Explorer, button

SLACK = 2  # seconds: some file systems count no finer
UNSAVED = "This page could not save the notebook: save it (Ctrl+S or ⌘S), then press again."
NAMELESS = (
    "What is open here does not tell which file it is: save it, "
    "and run `mlops-course check` with its path in a terminal."
)
MOVED = (
    "{} is not there any more: open the notebook from where it is now, run its cells, "
    "then press again."
)
WITHIN = "This notebook is being checked, and a check starts no other one."


class CheckMyWork(Explorer):
    """Save this notebook and check every answer in it; see how far you are in all lessons.

    The check is the command `mlops-course check`, in a process of its own: cells can be run
    meanwhile, and another press does nothing until it has ended.

    Examples
    --------
    >>> CheckMyWork().describe()
    'Press the button: it saves this notebook, and tells of every answer what holds.'
    """

    def __init__(self) -> None:
        self._notebook = this_notebook()
        self._ran: tuple[int, int] | None = None
        self._report: dict[str, Any] | None = None
        self._trouble = ""
        self._asked = False  # to save by hand
        self._checking = Thread()
        self._drawing = Lock()
        super().__init__()

    @button("Check my work", saves=True)
    def check(self, saved: Mapping[str, Any] | None = None) -> None:
        """Check the notebook as it was last saved; return at once.

        Parameters
        ----------
        saved : mapping, optional
            What the page has saved: the file's `path` from the server's root, and the `time` when
            it was written; without a time if the page could not save. Python code leaves it out.
        """
        if self._checking.is_alive():
            return
        notebook = self._find(saved or {})
        self._trouble = ""
        if "NBGRADER_EXECUTION" in os.environ:
            self._trouble = WITHIN
        elif notebook is None:
            self._trouble = NAMELESS
        elif not notebook.is_file():
            self._trouble = MOVED.format(notebook)
        elif saved is not None and not _is_saved(notebook, saved) and not self._asked:
            self._asked, self._trouble = True, UNSAVED
        else:
            self._asked, self._ran = False, (0, 0)
            self._checking = Thread(target=self._check, args=[notebook], daemon=True)
            self._checking.start()

    def wait(self) -> None:
        """Wait until the check has ended."""
        if self._checking.is_alive():
            self._checking.join()

    def refresh(self) -> None:
        """Draw anew; the check does so from a thread of its own, and the newest must stay."""
        with self._drawing:
            super().refresh()

    def draw(self) -> str:
        """Draw how far the check is or what it found, and all lessons."""
        folder = self._notebook.resolve().parent if self._notebook else None
        here = folder.name if folder and lesson_of(folder.name) else ""
        everywhere = standings(folder.parent if folder and here else None)
        lessons = standings_board(everywhere, here) if everywhere else ""
        if self._ran:
            return running_board(*self._ran) + lessons
        if self._report and not self._trouble:
            return report_board(self._report) + lessons
        return lessons

    def describe(self) -> str:
        """Tell how many claims hold, and what to look at next."""
        if self._ran:
            return "Your notebook, as it is saved, runs in a process of its own: go on as you like."
        if self._trouble:
            return self._trouble
        if self._report:
            return _told(self._report)
        return "Press the button: it saves this notebook, and tells of every answer what holds."

    def _find(self, saved: Mapping[str, Any]) -> Path | None:
        """Return the notebook, which may have been renamed or moved since its kernel started."""
        path = saved.get("path")
        if isinstance(path, str) and path.endswith(".ipynb"):
            self._notebook = on_disk(path) or self._notebook
        return self._notebook

    def _check(self, notebook: Path) -> None:
        try:
            self._report = check_apart(notebook, self._step)
        except (CourseError, OSError, ValueError) as error:
            self._trouble = str(error)
        self._ran = None
        self.refresh()

    def _step(self, ran: int, cells: int) -> None:
        self._ran = ran, cells
        self.refresh()


def _is_saved(notebook: Path, saved: Mapping[str, Any]) -> bool:
    """Tell whether a file is what the page says that it has saved."""
    try:
        written = datetime.fromisoformat(saved["time"]).timestamp()
        return notebook.stat().st_mtime > written - SLACK
    except (KeyError, TypeError, ValueError, OSError):
        return False


def _told(report: Mapping[str, Any]) -> str:
    held, claims = counted(report["exercises"])
    whole = report["hidden_tests"]
    seen = "" if whole else ", as far as you can see: the hidden tests run when it is graded"
    if held == claims:
        return f"All {claims} claims hold{seen}."
    said = f"{held} of {claims} claims hold{seen}."
    ahead = next(exercise for exercise in report["exercises"] if exercise["state"] != "passed")
    if ahead["state"] == "not attempted":
        return f"{said} Next is {ahead['title']!r}, which has no answer yet."
    asked = ahead["reason"] or next(
        (claim["question"] for claim in ahead["claims"] if claim["question"]), ""
    )
    return f"{said} Next is {ahead['title']!r}. {shortened(asked)}".strip()
