"""The command `mlops-course`.

What takes long to import is imported where it is used, so that `--help` comes at once.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from course.lessons import CourseError, Lesson, course_root, find_lesson, lessons


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
    Your file is not changed and nothing is recorded.

    Exit status: 0 if every exercise passed, 1 if not, 2 if the notebook could not be checked.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress
    from traitlets.config import PyFileConfigLoader

    from course.grading.check import check
    from course.grading.notebook import NotebookError
    from course.grading.show import show

    try:
        root, found, notebook = _find(lesson)
        config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
        terminal = Console(stderr=True)
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
            report = check(
                root / found.source,
                notebook,
                config,
                timeout,
                lambda done, total: bar.update(cells, completed=done, total=total),
            )
    except NotebookError as error:
        raise CourseError(error) from None
    if as_json:
        document = {"lesson": found.folder, "notebook": str(notebook), **report.as_dict()}
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        show(report, Console(highlight=False))
    raise typer.Exit(0 if report.complete else 1)


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
    from importlib.util import find_spec

    if not find_spec("distributed"):
        raise CourseError("Grading a class needs Dask: `pip install 'mlops-course[grading]'`.")

    if scheduler and workers:
        raise CourseError("A cluster has workers of its own: leave out --workers or --scheduler.")

    from course.grading.classroom.apart import begin, grade_apart

    begin()  # and import the rest meanwhile

    from rich.console import Console

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


def _find(wanted: str) -> tuple[Path, Lesson, Path]:
    """Return the course's root, the lesson and the notebook that are wanted."""
    path = Path(wanted)
    if path.suffix == ".ipynb" or path.name != wanted or path.is_file():
        root, lesson = _find_by_path(path)
    else:
        root = course_root()
        lesson = find_lesson(wanted, root)
        path = Path(os.path.relpath(root / lesson.release))
        if not path.is_file():
            raise CourseError(f"{path} is missing: run `mlops-course build` to make it.")
    if not (root / lesson.source).is_file():
        raise CourseError(
            f"{lesson.source.as_posix()} is missing, and the checks are in it: "
            "run `mlops-course build` to make it, or download the whole course again."
        )
    return root, lesson, path


def _root_near(path: Path) -> Path:
    """Return the course that the terminal is in, or the notebook, or else this very program."""
    try:
        return course_root()
    except CourseError as nowhere:
        for start in (path.resolve().parent, Path(__file__).parent):
            with suppress(CourseError):
                return course_root(start)
        raise nowhere


def _find_by_path(path: Path) -> tuple[Path, Lesson]:
    """Return the course's root and the lesson that a notebook belongs to, going by its name."""
    from course.grading.notebook import read_notebook

    read_notebook(path)  # what is no notebook at all is better called that
    root = _root_near(path)
    known = lessons(root)
    for lesson in known:
        if lesson.name == path.stem:
            return root, lesson
    names = ", ".join(f"{lesson.name}.ipynb" for lesson in known)
    raise CourseError(f"No lesson's notebook is called {path.name}: rename it back ({names}).")
