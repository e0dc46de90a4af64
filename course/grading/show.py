"""Show a report to the person who asked for it."""

import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress
from rich.text import Text

from course.grading.report import Exercise, Report, State

STYLES = {  # colour only repeats what the words say
    State.PASSED: "green",
    State.PARTLY: "yellow",
    State.WRONG: "red",
    State.NOT_ATTEMPTED: "dim",
    State.COULD_NOT_RUN: "magenta",
}
INDENT = max(len(state) for state in State) + 2


@contextmanager
def progress_bar(terminal: Console) -> Iterator[Callable[[int, int], None]]:
    """Show how many cells have run while they do, if the console is a terminal.

    Parameters
    ----------
    terminal : Console
        Where to show it.

    Yields
    ------
    callable
        To be called with the number of cells that have run, and of all cells.
    """
    with Progress(
        "Running your notebook",
        BarColumn(),
        MofNCompleteColumn(),
        "cells",
        console=terminal,
        transient=True,
        disable=not terminal.is_terminal,
    ) as bar:
        cells = bar.add_task("", total=None)
        yield lambda done, total: bar.update(cells, completed=done, total=total)


def show(report: Report, console: Console) -> None:
    """Print a line for each exercise; below it what is not yet true, and what to ask oneself.

    Parameters
    ----------
    report : Report
        What a check found.
    console : Console
        Where to print it; lines are wrapped and coloured if it is a terminal.

    Examples
    --------
    >>> from course.grading.report import Claim
    >>> claim = Claim("sum-check-zero", "The sum of nothing is 0.", False, 0, 2, "And if empty?")
    >>> exercise = Exercise("sum", "Add up", State.WRONG, None, (claim,))
    >>> show(Report((exercise,), ()), Console())
    wrong          0/2  Add up
                   Not yet true: The sum of nothing is 0.
                   And if empty?
    <BLANKLINE>
    0 of 2 points
    """
    for exercise in report.exercises:
        head = f"{exercise.state:{INDENT}}{_points(exercise)}  {exercise.title}"
        text = Text(_wrapped(head, console, hang=INDENT))
        text.stylize(STYLES[exercise.state], 0, len(exercise.state))
        console.print(text, soft_wrap=True)
        for line in _details(exercise):
            console.print(Text(_wrapped(" " * INDENT + line, console, hang=INDENT)), soft_wrap=True)
    for note in report.notes:
        console.print(Text(_wrapped(f"\nNote: {note}", console, hang=0)), soft_wrap=True)
    console.print(f"\n{report.points:g} of {report.max_points:g} points", soft_wrap=True)


def _details(exercise: Exercise) -> Iterator[str]:
    """Yield what there is to say of an exercise that has not passed, a line each."""
    if exercise.reason:
        yield exercise.reason
    if exercise.state in (State.WRONG, State.PARTLY):
        for claim in exercise.claims:
            if not claim.passed:
                yield f"Not yet true: {claim.text}"
                if claim.question:
                    yield claim.question


def _points(exercise: Exercise) -> str:
    return f"{exercise.points:g}/{exercise.max_points:g}"


def _wrapped(line: str, console: Console, hang: int) -> str:
    """Return a line broken at a terminal's width, and as it is for anything else."""
    if not console.is_terminal:
        return line
    return textwrap.fill(
        line,
        console.width,
        subsequent_indent=" " * hang,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )
