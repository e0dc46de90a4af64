"""The command `mlops-course`.

What takes long to import is imported where it is used, so that `--help` comes at once.
"""

import json
from contextlib import nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from course.lessons import CourseError, course_root, find_lesson, lesson_of, lessons
from course.progress.commands import progress

PATIENCE = 60  # seconds that a cell may run where no course says how long


class Commands(TyperGroup):
    """Subcommands that answer a mistake with one sentence and exit status 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the subcommand that was asked for."""
        try:
            return super().invoke(ctx)
        except CourseError as error:
            typer.echo(error, err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


app.add_typer(progress, name="progress")


@app.callback()
def main() -> None:
    """Take the open MLOps course: open its lessons, and check what you have answered."""


@app.command()
def start(
    port: Annotated[int, typer.Option(help="Where JupyterLab listens on this machine.")] = 8888,
) -> None:
    """Open the first lesson in JupyterLab."""
    from course.start import start

    start(course_root(), port)


@app.command()
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 2 if something would change.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace notebooks that somebody has worked in, too.")
    ] = False,
) -> None:
    """Make the notebooks in source/ and release/ from the texts in lessons/."""
    from course.build import build

    for path in build(course_root(), check, force):
        typer.echo(path.as_posix())


@app.command()
def check(
    lesson: Annotated[
        str,
        typer.Argument(
            metavar="LESSON_OR_PATH",
            help="A lesson, such as what-is-mlops or 1, to check its notebook in release/; "
            "or the path of a copy of a lesson's notebook.",
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document instead, for programs.")
    ] = False,
    as_lines: Annotated[
        bool,
        typer.Option(
            "--json-lines",
            help="Print JSON documents, one a line: how many cells have run, while they do, and "
            "at the end what --json prints.",
        ),
    ] = False,
    timeout: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="SECONDS",
            help="How long a cell may run; as long as in the course's grading if not given.",
        ),
    ] = None,
) -> None:
    """Check your own notebook with the checks that grade it, without an instructor.

    It runs a copy of the notebook from top to bottom, as you last saved it, and says of every
    exercise whether it passed, is partly right, is wrong, was not attempted or could not run.
    Your file is not changed; how many claims hold is kept for `mlops-course progress`. Where there
    is no course around the notebook, as on a hub, the checks that you can see in it run.

    Exit status: 0 if every exercise passed, 1 if not, 2 if the notebook could not be checked.
    """
    from rich.console import Console
    from traitlets.config import Config, PyFileConfigLoader

    from course.grading.check import check
    from course.grading.notebook import NotebookError
    from course.grading.show import progress_bar, show
    from course.progress.results import remember, result_of
    from course.wanted import find_wanted

    try:
        wanted = find_wanted(lesson)
        if wanted.root:
            config = PyFileConfigLoader("nbgrader_config.py", str(wanted.root)).load_config()
        else:
            config = Config({"Execute": {"timeout": PATIENCE}})
        # A bar takes standard output for itself, and any color asked for makes it believe in a
        # terminal.
        steps = nullcontext(_print_step) if as_lines else progress_bar(Console(stderr=True))
        with steps as tell:
            report = check(wanted.source, wanted.notebook, config, timeout, tell)
    except NotebookError as error:
        raise CourseError(error) from None
    document = {
        "lesson": wanted.lesson,
        "notebook": str(wanted.notebook),
        "hidden_tests": wanted.source is not None,
        **report.as_dict(),
    }
    try:
        if lesson_of(wanted.lesson):
            remember(result_of(document))
    except OSError as error:
        typer.echo(f"The result could not be kept ({error.strerror}).", err=True)
    if as_json or as_lines:
        indent = None if as_lines else 2
        typer.echo(json.dumps(document, indent=indent, ensure_ascii=False))
    else:
        show(report, Console(highlight=False))
    raise typer.Exit(0 if report.complete else 1)


def _print_step(done: int, total: int) -> None:
    print(json.dumps({"ran": done, "cells": total}), flush=True)


@app.command()
def grade(
    lesson: Annotated[
        str,
        typer.Argument(
            metavar="LESSON",
            help="A lesson, such as what-is-mlops or 1; or an assignment, as nbgrader calls it.",
        ),
    ],
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="How many processes grade; one for each core if not given."),
    ] = None,
    scheduler: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Let the workers of this Dask scheduler grade, as tls://host:8786.",
        ),
    ] = "",
    students: Annotated[
        list[str] | None,
        typer.Option(
            "--student", metavar="ID", help="Grade this student only; can be given several times."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed, too.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document instead, for programs.")
    ] = False,
) -> None:
    """Grade a whole class in parallel, with the result of `nbgrader autograde`.

    It grades what is in submitted/, into the gradebook and autograded/, for this course or any
    other of nbgrader's. What has been graded and has not changed since is left as it is, so it can
    be interrupted and run again at any time. Grades and comments that a person gave are kept.

    Exit status: 0 if every submission was graded, 1 if some need a person or could not run, 2 if
    the class could not be graded, 130 after Ctrl-C.
    """
    if not find_spec("distributed"):
        raise CourseError(
            "Grading a class needs Dask: in a clone of the course, `pip install '.[grading]'`."
        )

    if scheduler and workers:
        raise CourseError("A cluster has workers of its own: leave out --workers or --scheduler.")

    from rich.console import Console

    from course.grading.classroom.apart import grade_apart
    from course.grading.classroom.outcome import Wish
    from course.grading.classroom.tally import document, progress, show_class
    from course.grading.errors import GradingError
    from course.grading.record import Ending

    root = Path.cwd() if Path("nbgrader_config.py").is_file() else course_root()
    assignment = _assignment(lesson, root)
    wish = Wish(assignment, tuple(students or ()), force, workers or 0, scheduler)
    try:
        with progress(Console(stderr=True, highlight=False)) as tell:
            outcomes = grade_apart(root, wish, tell)
    except GradingError as error:
        raise CourseError(error) from None
    except KeyboardInterrupt:
        typer.echo("Interrupted: what was graded is recorded; run it again to go on.", err=True)
        raise typer.Exit(130) from None
    if as_json:
        typer.echo(json.dumps(document(assignment, outcomes), indent=2, ensure_ascii=False))
    else:
        show_class(outcomes, Console(highlight=False))
    raise typer.Exit(0 if all(each.ending is Ending.GRADED for each in outcomes) else 1)


def _assignment(wanted: str, root: Path) -> str:
    """Return nbgrader's name for the assignment that a person means."""
    if (root / "source" / wanted).is_dir():
        return wanted
    with suppress(OSError):  # in another course, source/ may be called something else
        if lessons(root):
            return find_lesson(wanted, root).folder
    return wanted
