"""Say of each exercise in a notebook that has run how far the learner has got, and why."""

import ast
import re
import warnings
from collections.abc import Iterator, Sequence

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import determine_grade, has_failed, is_grade, is_task
from traitlets.config import Config

from course.grading.execute import SKIPPED, STOPPED
from course.grading.hidden import HiddenLines, split
from course.grading.notebook import Task, capital, grade_id, is_answer, is_check, tasks
from course.grading.place import Placed
from course.grading.report import Claim, Exercise, State
from course.grading.verdict import NO_SCORE

FRAME = re.compile(r"^[^\S\n]*(?:Cell In\s?\[(\d+)\], line (\d+)|File )", re.M)
SYNTAX = ("SyntaxError", "IndentationError", "TabError")
STUB = "NotImplementedError"  # what nbgrader raises where an answer belongs


def judge(
    original: NotebookNode, released: NotebookNode, code: Sequence[Placed], config: Config
) -> tuple[list[Exercise], list[str]]:
    """Judge the exercises of a notebook that has run.

    Parameters
    ----------
    original, released : NotebookNode
        The course's notebook, and what learners are given of it.
    code : sequence of Placed
        The code cells of the notebook, with their outputs.
    config : Config
        nbgrader's settings.

    Returns
    -------
    list of Exercise
        One for each answer that has checks.
    list of str
        A sentence for each thing that the learner should know beyond that.
    """
    region = ClearHiddenTests(config=config)
    delimiters = (region.begin_test_delimeter, region.end_test_delimeter)
    hidden = [line for cell in original.cells for line in split(cell.source, *delimiters)[1]]
    given = {name: cell.source for cell in released.cells if (name := grade_id(cell))}
    ran = _Ran(code, given, HiddenLines([*hidden, *delimiters], given.values()))
    by_hand = [
        f"{grade_id(cell)} is marked by a person, so it is not in this report."
        for cell in original.cells
        if (is_grade(cell) or is_task(cell)) and not is_check(cell)
    ]
    return [ran.exercise(task) for task in tasks(original)], [*ran.troubles(), *by_hand]


class _Ran:
    """A learner's notebook that has run, by the names and the execution counts of its cells."""

    def __init__(self, code: Sequence[Placed], given: dict[str, str], secrets: HiddenLines) -> None:
        self._code = code
        self._by_name = {name: placed for placed in code if (name := grade_id(placed.cell))}
        self._by_count = {str(placed.cell.execution_count): placed for placed in code}
        self._given = given
        self._secrets = secrets

    def exercise(self, task: Task) -> Exercise:
        """Judge one exercise."""
        claims = tuple(self._claim(name) for name in task.checks)
        attempted, reason = self._attempt(task)
        if all(claim.passed for claim in claims):
            state = State.PASSED
        elif any(claim.points for claim in claims):
            state = State.PARTLY
        elif not attempted:
            state = State.NOT_ATTEMPTED
        elif reason:
            state = State.COULD_NOT_RUN
        else:
            state = State.WRONG
        return Exercise(task.name, task.title, state, reason, claims)

    def troubles(self) -> Iterator[str]:
        """Yield a sentence for each cell outside of the exercises that others may suffer from."""
        setup = True
        for placed in self._code:
            setup = setup and not is_answer(placed.cell)
            error = _error(placed.cell)
            if not error or is_answer(placed.cell) or is_check(placed.cell):
                continue
            if error.ename in (*SYNTAX, STOPPED) or (setup and error.ename != SKIPPED):
                yield self._told(placed, error)

    def _attempt(self, task: Task) -> tuple[bool, str | None]:
        """Return whether there is an answer, and what kept it from being run or checked."""
        placed = self._by_name.get(task.name)
        if placed is None:
            return True, (
                f"The cell {task.name} is missing from the notebook: "
                "copy it from a fresh one, and put the answer there."
            )
        if not is_answer(placed.cell):
            return True, None
        if _code(placed.cell.source) in (_code(""), _code(self._given[task.name])):
            return False, None
        error = _error(placed.cell)
        failed = [(self._by_name[name], _error(self._by_name[name].cell)) for name in task.checks]
        raised = {error.ename} if error else {e.ename for _, e in failed if e}
        if raised == {STUB}:
            return False, capital(f"{placed.label} still raises {STUB}: delete that line.")
        if error:
            return True, self._told(placed, error)
        for check, e in failed:
            if e and e.ename in (STOPPED, SKIPPED):
                return True, self._told(check, e)
        return True, None

    def _claim(self, name: str) -> Claim:
        """Judge one check."""
        placed = self._by_name[name]
        max_points = float(placed.cell.metadata.nbgrader.points)
        try:
            points = float(determine_grade(placed.cell)[0])
        except (KeyError, ValueError):  # it ends with something that cannot be points
            points = 0.0
        passed = points == max_points and not has_failed(placed.cell)
        question = None if passed else self._question(placed)
        return Claim(
            name, _claimed(self._given[name]) or name, passed, points, max_points, question
        )

    def _question(self, placed: Placed) -> str | None:
        """Return what a failed check asks, or what went wrong in the code that it called."""
        error = _error(placed.cell)
        if error is None or error.ename == NO_SCORE:
            return error.evalue if error else None
        innermost, _ = (self._frames(error) or [(None, "")])[-1]
        if error.ename == "AssertionError" and innermost is placed:
            question = " ".join(strip_ansi(error.evalue).split())
            return self._secrets.mask(question) or None
        return self._told(placed, error)

    def _told(self, placed: Placed, error: NotebookNode) -> str:
        """Return the last line of an error, and which of the learner's lines it came from."""
        if error.ename in (STOPPED, SKIPPED):
            return capital(f"{placed.label} {error.evalue}")
        message = next(iter(strip_ansi(error.evalue).strip().splitlines()), "")
        message = re.sub(r" \([^()]*, line \d+\)$", "", message)  # a syntax error's own place
        shown = message and not self._secrets.shown_in(message)
        last = f"{error.ename}: {message}" if shown else str(error.ename)
        for source, line in reversed(self._frames(error)):
            if source and not is_check(source.cell):
                return capital(f"{source.label}, line {line}: {last}")
        return last

    def _frames(self, error: NotebookNode) -> list[tuple[Placed | None, str]]:
        """Return the cells and lines that an error came through; None stands for a library."""
        told = strip_ansi("\n".join(error.traceback))
        return [(self._by_count.get(count), line) for count, line in FRAME.findall(told)]


def _error(cell: NotebookNode) -> NotebookNode | None:
    """Return the error that ended a cell."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    return errors[-1] if errors else None


def _claimed(source: str) -> str:
    """Return the docstring of a check on one line; empty if it has none or is not plain Python."""
    try:
        return " ".join((ast.get_docstring(_parsed(source)) or "").split())
    except (SyntaxError, ValueError):
        return ""


def _code(source: str) -> str:
    """Return what a cell says without its comments and blank lines."""
    try:
        return ast.dump(_parsed(source))
    except (SyntaxError, ValueError, RecursionError):
        return source.strip()


def _parsed(source: str) -> ast.Module:
    with warnings.catch_warnings():  # of what learners write, such as "\d"
        warnings.simplefilter("ignore")
        return ast.parse(source)
