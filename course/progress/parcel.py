"""The one small file that carries a learner's work and results to another machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.lessons import CourseError, lesson_of
from course.progress.answers import KEY, KINDS, Kept, Work
from course.progress.results import Result

FORMAT = "mlops-course progress"
VERSION = 1
LIMIT = 16 * 2**20  # bytes: what is typed into twelve notebooks is a hundredth of it


@dataclass(frozen=True)
class Parcel:
    """What a learner has made of the lessons, and how their last checks ended; by lesson."""

    work: dict[str, Work]
    results: dict[str, Result]


def pack(parcel: Parcel) -> str:
    """Return the text of a file: JSON that a person can read, with a checksum over the rest.

    Raises
    ------
    CourseError
        If it would be too large to be read again.

    Examples
    --------
    >>> text = pack(Parcel({}, {"05-ci-cd": Result("05-ci-cd", 9, 21, True, "2026-05-01T12:00Z")}))
    >>> unpack(text.encode(), "my.json").results["05-ci-cd"].passed
    9
    >>> unpack(text.replace("9", "21").encode(), "my.json")
    Traceback (most recent call last):
    course.lessons.CourseError: my.json is damaged, so nothing was changed: take another copy of it.
    """
    content = {
        "format": FORMAT,
        "version": VERSION,
        "work": {
            lesson: {"order": list(work.order), "cells": [vars(cell) for cell in work.cells]}
            for lesson, work in parcel.work.items()
        },
        "results": [result.as_dict() for result in parcel.results.values()],
    }
    text = json.dumps(content | {"sha256": _checksum(content)}, indent=1, ensure_ascii=False) + "\n"
    if len(text.encode()) > LIMIT:
        raise CourseError(
            f"Your cells hold more than {LIMIT >> 20} MB of text, so no file was made: "
            "move what is pasted into them to files of its own."
        )
    return text


def read(path: Path) -> Parcel:
    """Read a file that `pack` made.

    Raises
    ------
    CourseError
        If there is no such file, or it is damaged, foreign, or of a newer course.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise CourseError(f"{path} does not exist: is its name spelled right?") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    return unpack(data, str(path))


def unpack(data: bytes, name: str) -> Parcel:
    """Return what a file holds, or say in a sentence why it is refused.

    Parameters
    ----------
    data : bytes
        All of it.
    name : str
        What to call it.
    """
    foreign = CourseError(
        f"{name} was not made by `mlops-course progress export`, or is damaged, "
        "so nothing was changed: take another copy of it."
    )
    damaged = CourseError(f"{name} is damaged, so nothing was changed: take another copy of it.")
    try:
        content = json.loads(data) if len(data) <= LIMIT else None
    except (ValueError, RecursionError):
        raise foreign from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise foreign
    try:
        whole = content.pop("sha256", None) == _checksum(content)
    except (ValueError, RecursionError):
        whole = False
    if not whole:
        raise damaged
    if content.get("version") != VERSION:
        raise CourseError(
            f"{name} was made by another version of the course, so nothing was changed: "
            "update the course, then import it again."
        )
    try:
        return Parcel(_work(content["work"]), _results(content["results"]))
    except (AttributeError, KeyError, TypeError, ValueError):  # of another shape
        raise damaged from None


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _results(data: list[object]) -> dict[str, Result]:
    found = [Result.read(each) for each in data]
    results = {result.lesson: result for result in found if result}
    _demand(len(results) == len(data))
    return results


def _work(data: dict[str, Any]) -> dict[str, Work]:
    found = {}
    for lesson, each in data.items():
        order = tuple(each["order"])
        cells = tuple(Kept(**cell) for cell in each["cells"])
        _demand(lesson_of(lesson) and all(map(_is_key, order)))
        _demand(len({cell.key for cell in cells}) == len(cells))
        for cell in cells:
            cell.source.encode()  # or it could not be written
            _demand(cell.key in order and cell.kind in KINDS and type(cell.answer) is bool)
        found[lesson] = Work(order, cells)
    return found


def _is_key(key: object) -> bool:
    return isinstance(key, str) and KEY.fullmatch(key) is not None


def _demand(whole: object) -> None:
    if not whole:
        raise ValueError("This is not as it was written.")
