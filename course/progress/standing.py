"""How far a learner has got with each lesson."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.lessons import lesson_of, notebooks
from course.progress.results import Result, results


@dataclass(frozen=True)
class Standing:
    """How far a learner has got with a lesson.

    Parameters
    ----------
    lesson : str
        The lesson's folder, such as `05-ci-cd`.
    title : str
        What its notebook is called in its first heading.
    claims : int
        How many claims its checks make.
    result : Result or None
        How its last check ended; None if it was not checked.
    """

    lesson: str
    title: str
    claims: int
    result: Result | None

    @property
    def name(self) -> str:
        """Its number and title."""
        return f"{self.lesson[:2]} {self.title}"

    @property
    def held(self) -> str:
        """How many claims held, in words.

        Examples
        --------
        >>> Standing("05-ci-cd", "CI/CD", 21, None).held
        'not checked yet, of 21'
        >>> Standing("05-ci-cd", "CI/CD", 21, Result("05-ci-cd", 9, 20, True, "")).held
        '9 of 20'
        """
        if self.result is None:
            return f"not checked yet, of {self.claims}"
        return f"{self.result.passed} of {self.result.claims}"

    @property
    def when(self) -> str:
        """The local time of the last check, and whether it was a whole one."""
        if self.result is None:
            return "never"
        rest = "" if self.result.hidden_tests else ", visible checks"
        return f"{self.result.when.astimezone():%Y-%m-%d %H:%M}{rest}"


def standings(place: Path | None) -> list[Standing]:
    """Return how far a learner has got with the lessons, in order.

    Parameters
    ----------
    place : Path or None
        The folder with the lessons' notebooks; None or a folder without them, where only those are
        known that were checked.

    Returns
    -------
    list of Standing
        Of each lesson that lies in `place`, or was checked.
    """
    known = results()
    found = {
        folder: Standing(folder, lesson.name, result.claims, result)
        for folder, result in known.items()
        if (lesson := lesson_of(folder))
    }
    for folder, path in _notebooks(place).items():
        title, claims = _told_by(path)
        found[folder] = Standing(folder, title or path.stem, claims, known.get(folder))
    return [found[folder] for folder in sorted(found)]


def _notebooks(place: Path | None) -> dict[str, Path]:
    try:
        found = notebooks(place) if place else {}
    except OSError:  # it may not be listed
        found = {}
    return {lesson.folder: path for lesson, path in found.items()}


def _told_by(path: Path) -> tuple[str, int]:
    """Return a notebook's title and number of checks; none of them if it is damaged."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        heading = re.search(r"^# (.+)$", "".join(cells[0]["source"]), re.M)
        return heading[1] if heading else "", sum(map(_is_check, cells))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return "", 0


def _is_check(cell: dict[str, Any]) -> bool:
    meta = cell["metadata"].get("nbgrader", {})
    return bool(meta.get("grade") and not meta.get("solution"))
