"""Show how the grading of a class goes, and how it ended."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.text import Text

from course.grading.classroom.outcome import Outcome, Tell
from course.grading.record import Ending

STYLES = {  # colour only repeats what the words say
    Ending.GRADED: "green",
    Ending.NEEDS_PERSON: "yellow",
    Ending.COULD_NOT_RUN: "magenta",
}


@contextmanager
def progress(console: Console) -> Iterator[Tell]:
    """Show a bar with the time that is left, if the console is a terminal.

    Parameters
    ----------
    console : Console
        Where to show it; notes for the instructor are printed there in any case.

    Yields
    ------
    callable
        What `grade_class` is to call.
    """
    with Progress(
        "Grading",
        BarColumn(),
        MofNCompleteColumn(),
        "submissions,",
        TimeRemainingColumn(compact=True),
        "left",
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=None)

        def tell(kind: str, what: Any) -> None:
            if kind == "submissions":
                bar.update(task, total=what)
            elif kind == "outcome":
                bar.advance(task)
            else:
                console.print(Text(what), soft_wrap=True)

        yield tell


def show_class(outcomes: Sequence[Outcome], console: Console) -> None:
    """Print a line for each submission, those that somebody has to see to last, and their numbers.

    Parameters
    ----------
    outcomes : sequence of Outcome
        One for each submission.
    console : Console
        Where to print.

    Examples
    --------
    >>> odd = Outcome("ben", Ending.NEEDS_PERSON, "It is odd.", sandboxed=True, anew=True)
    >>> fine = Outcome("ana", Ending.GRADED, "", True, False, points=3.5, max_points=4)
    >>> show_class([odd, fine], Console())
    ana  3.5/4  graded
    ben  0/0    needs a person  It is odd.
    <BLANKLINE>
    graded          1
    needs a person  1
    could not run   0
    1 of 2 had not changed since they were graded.
    """
    endings = list(Ending)
    width = max(len(ending.value) for ending in Ending)
    points = {each.student: f"{each.points:g}/{each.max_points:g}" for each in outcomes}
    who, what = (max(map(len, words), default=0) for words in (points, points.values()))
    for each in sorted(outcomes, key=lambda each: endings.index(each.ending)):
        line = Text(f"{each.student:{who}}  {points[each.student]:{what}}  ")
        line.append(f"{each.ending.value:{width}}", STYLES[each.ending])
        line.append(f"  {each.reason}")
        line.rstrip()
        console.print(line, soft_wrap=True)
    console.print()
    count = Counter(each.ending for each in outcomes)
    for ending in Ending:
        console.print(Text(f"{ending.value:{width}}  {count[ending]}"))
    if unchanged := sum(not each.anew for each in outcomes):
        text = f"{unchanged} of {len(outcomes)} had not changed since they were graded."
        console.print(Text(text), soft_wrap=True)
    if unsandboxed := sum(not each.sandboxed for each in outcomes):
        text = f"{unsandboxed} of {len(outcomes)} were graded unsandboxed."
        console.print(Text(text), soft_wrap=True)


def document(assignment: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return how a class ended as a JSON document.

    Parameters
    ----------
    assignment : str
        nbgrader's name for the assignment.
    outcomes : sequence of Outcome
        One for each submission.
    """
    count = Counter(each.ending for each in outcomes)
    return {
        "assignment": assignment,
        "counts": {ending.value: count[ending] for ending in Ending},
        "submissions": [asdict(each) for each in outcomes],
    }
