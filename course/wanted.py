"""Find the notebook that a person wants checked, and the course's own one beside it."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from course.lessons import CourseError, course_root, find_lesson, lesson_of, lessons


@dataclass(frozen=True)
class Wanted:
    """A learner's notebook, and what there is to check it with.

    Parameters
    ----------
    notebook : Path
        The learner's.
    lesson : str
        The lesson's folder; the notebook's name, where there is neither a course nor such a folder.
    root : Path or None
        The course's folder; None where there is none, as for a student on a hub.
    source : Path or None
        The course's notebook, with solutions and hidden tests; None where there is no course.
    """

    notebook: Path
    lesson: str
    root: Path | None
    source: Path | None


def find_wanted(wanted: str) -> Wanted:
    """Find out what is meant by the name of a lesson, or by the path of a copy of its notebook.

    Parameters
    ----------
    wanted : str
        `what-is-mlops` or `1`, or the path of a notebook.

    Returns
    -------
    Wanted

    Raises
    ------
    CourseError
        If there is no such lesson, or the course lacks one of its notebooks.
    NotebookError
        If what is at the path is no notebook.
    """
    path = Path(wanted)
    if path.suffix == ".ipynb" or path.name != wanted or path.is_file():
        return _by_path(path)
    root = course_root()
    lesson = find_lesson(wanted, root)
    path = Path(os.path.relpath(root / lesson.release))
    if not path.is_file():
        raise CourseError(f"{path} is missing: run `mlops-course build` to make it.")
    return Wanted(path, lesson.folder, root, _source(root, lesson.source))


def _by_path(path: Path) -> Wanted:
    """Return a notebook and the lesson that it belongs to, going by its name."""
    from course.grading.notebook import read_notebook

    read_notebook(path)  # what is no notebook at all is better called that
    root = _root_near(path)
    if root is None:
        folder = path.resolve().parent.name
        lesson = lesson_of(folder)
        known = lesson is not None and lesson.name == path.stem
        return Wanted(path, folder if known else path.stem, None, None)
    for lesson in lessons(root):
        if lesson.name == path.stem:
            return Wanted(path, lesson.folder, root, _source(root, lesson.source))
    names = ", ".join(f"{lesson.name}.ipynb" for lesson in lessons(root))
    raise CourseError(f"No lesson's notebook is called {path.name}: rename it back ({names}).")


def _source(root: Path, source: Path) -> Path:
    if not (root / source).is_file():
        raise CourseError(
            f"{source.as_posix()} is missing, and the checks are in it: "
            "run `mlops-course build` to make it, or download the whole course again."
        )
    return root / source


def _root_near(path: Path) -> Path | None:
    """Return the course that the terminal is in, or the notebook, or else this very program."""
    for start in (Path.cwd(), path.resolve().parent, Path(__file__).parent):
        with suppress(CourseError):
            return course_root(start)
    return None
