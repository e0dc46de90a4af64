"""The bank of attempts: right and wrong answers that the checks of every exercise are tested with.

`tests/attempts/LESSON/EXERCISE/` holds `right-APPROACH.py` and `wrong-MISTAKE.py`: a docstring, and
then the source of the solution cell as a learner types it. A wrong attempt's docstring ends
with the checks that must fail, `Caught by: psi-check-no-shift, psi-check-sign`; all others of the
exercise must pass.
"""

import dis
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from tests.pipeline.course_copy import ROOT, Outcome

ATTEMPTS = ROOT / "tests" / "attempts"
FILE = re.compile(r'\s*"""(?P<says>.*?)"""[^\S\n]*\n+(?P<source>.*)', re.DOTALL)


class BankError(Exception):
    """An attempt's file does not follow the rules; the message says which, and how to cure it."""


@dataclass(frozen=True)
class Attempt:
    """One answer to an exercise, and the checks that must catch it."""

    path: Path
    source: str
    caught_by: frozenset[str]


@dataclass(frozen=True)
class Exercise:
    """An exercise: the points of its checks, and the attempts at it, right ones first."""

    name: str
    checks: Mapping[str, float]
    attempts: tuple[Attempt, ...]

    @property
    def right(self) -> tuple[Attempt, ...]:
        """The attempts that must get full marks."""
        return tuple(attempt for attempt in self.attempts if not attempt.caught_by)

    @property
    def wrong(self) -> tuple[Attempt, ...]:
        """The attempts that must not."""
        return tuple(attempt for attempt in self.attempts if attempt.caught_by)

    def expected(self, attempt: Attempt | None) -> dict[str, float]:
        """Return the points that each check must give to an attempt, or to a blank answer."""
        return {
            check: 0 if attempt is None or check in attempt.caught_by else points
            for check, points in self.checks.items()
        }


# What somebody submits: an attempt for each exercise that they answered.
Answers = Mapping[str, Attempt]


def released(lesson: str, root: Path = ROOT) -> Path:
    """Return the path of the one notebook that learners get in a lesson."""
    return next((root / "release" / lesson).glob("*.ipynb"))


def load(notebook: NotebookNode, attempts: Path) -> list[Exercise]:
    """Return the graded exercises of a notebook, in its order, with the attempts at them.

    Parameters
    ----------
    notebook : NotebookNode
        A lesson's source or release notebook.
    attempts : Path
        The lesson's folder in the bank.

    Returns
    -------
    list of Exercise

    Raises
    ------
    BankError
        If a file of the bank does not follow the rules.
    """
    points = {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in notebook.cells
        if is_grade(cell)
    }
    exercises = []
    for cell in filter(is_solution, notebook.cells):
        name = cell.metadata.nbgrader.grade_id
        checks = {check: p for check, p in points.items() if check.startswith(f"{name}-check-")}
        files = sorted((attempts / name).glob("*.py"))
        exercises.append(Exercise(name, checks, tuple(_read(path, checks) for path in files)))
    folders = {path.name for path in attempts.glob("[!_]*") if path.is_dir()}
    strangers = folders - {exercise.name for exercise in exercises}
    if strangers:
        raise BankError(
            f"The lesson has no exercise {' or '.join(sorted(strangers))}: rename the folder in "
            f"{attempts}, or add the exercise."
        )
    return exercises


def _read(path: Path, checks: Iterable[str]) -> Attempt:
    match = FILE.fullmatch(path.read_text(encoding="utf-8"))
    if not match or not path.name.startswith(("right-", "wrong-")):
        raise BankError(
            f"{path} is not an attempt: name it right-APPROACH.py or wrong-MISTAKE.py, and begin "
            'it with a docstring in """.'
        )
    caught_by = frozenset(re.findall(r"[\w-]+", match["says"].partition("Caught by:")[2]))
    if bool(caught_by) != path.name.startswith("wrong-"):
        raise BankError(
            f"The docstring of {path} must end with `Caught by: CHECK, CHECK` if the attempt is "
            "wrong, and only then."
        )
    if unknown := caught_by - set(checks):
        raise BankError(
            f"{path} names {', '.join(sorted(unknown))}, but the checks of its exercise are "
            f"{', '.join(checks)}."
        )
    return Attempt(path, match["source"].rstrip("\n"), caught_by)


def plan(exercises: list[Exercise]) -> dict[str, Answers]:
    """Share the attempts out over as few submissions as hold them all.

    The first ones hold only right answers, then come the wrong ones; where an exercise has fewer
    attempts than another, it is left blank in the last ones. One submission is all blank.

    Parameters
    ----------
    exercises : list of Exercise

    Returns
    -------
    dict of str to Answers
        What each student of the class submits.
    """
    longest = max(len(exercise.attempts) for exercise in exercises)
    students: dict[str, Answers] = {"blank": {}}
    for k in range(longest):
        students[f"student-{k + 1}"] = {
            exercise.name: exercise.attempts[k]
            for exercise in exercises
            if k < len(exercise.attempts)
        }
    return students


def fill_in(release: NotebookNode, sources: Mapping[str, str]) -> NotebookNode:
    """Return a copy of a released notebook with these sources in its solution cells."""
    notebook = deepcopy(release)
    for cell in filter(is_solution, notebook.cells):
        cell.source = sources.get(cell.metadata.nbgrader.grade_id, cell.source)
    return notebook


def without_play(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without the open cells that no graded cell needs: a learner may cut them.

    What is only tried out and looked at takes most of a notebook's time. Whether that runs is
    tested where notebooks are, and a check must not depend on it.
    """
    needed: set[str] = set()
    kept: list[NotebookNode] = []
    for cell in reversed(notebook.cells):
        if cell.cell_type == "code":
            read, bound = _names(cell.source)
            if not (is_grade(cell) or is_solution(cell) or bound & needed):
                continue
            needed |= read - bound
        kept.append(cell)
    return NotebookNode(notebook | {"cells": kept[::-1]})


def _names(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a cell needs of cells before it, and those it gives to later ones."""
    try:
        module = compile(source, "a cell", "exec", dont_inherit=True)
    except SyntaxError:  # an attempt may be anything
        words = set(re.findall(r"\w+", source))
        return words, words
    read: set[str] = set()
    bound: set[str] = set()
    rest = [module]
    while rest:
        code = rest.pop()
        rest += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        for step in dis.get_instructions(code):
            if step.opname in ("LOAD_NAME", "LOAD_GLOBAL"):
                read.add(str(step.argval))
            elif step.opname == "STORE_NAME" and code is module:
                bound.add(str(step.argval))
    return read, bound


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook in the format that nbgrader works on."""
    return nbformat.read(path, as_version=4)


def surprises(
    exercise: Exercise, attempt: Attempt | None, outcomes: Mapping[str, Outcome]
) -> list[str]:
    """Tell how the checks of an exercise treated an attempt otherwise than it was written for.

    Parameters
    ----------
    exercise : Exercise
    attempt : Attempt or None
        What was submitted; None if the exercise was left blank.
    outcomes : mapping of str to Outcome
        How each check of the submission ended.

    Returns
    -------
    list of str
        A sentence for each check that surprised; none if all went as expected.
    """
    name = (
        f"{attempt.path.parent.name}/{attempt.path.name}" if attempt else f"{exercise.name}, blank,"
    )
    return [
        f"{name} got {outcomes[check].score:g} of {exercise.checks[check]:g} points from {check}, "
        f"not {points:g}. It was told: {outcomes[check].told or 'nothing'}"
        for check, points in exercise.expected(attempt).items()
        if outcomes[check].score != points
    ]
