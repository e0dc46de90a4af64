"""Which lessons a course folder holds, and where their text and notebooks lie."""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = re.compile(r"(\d\d)-([a-z0-9-]+)")


class CourseError(Exception):
    """What went wrong and how to cure it, in one sentence for the person at the terminal."""


@dataclass(frozen=True, order=True)
class Lesson:
    """One lesson of the course; its paths are relative to the course's root.

    Parameters
    ----------
    number : int
        Its place in the course, counted from 1.
    name : str
        The name of its notebook, in kebab-case.
    folder : str
        The name of its folder, which is the nbgrader assignment's id.

    Examples
    --------
    >>> lesson = Lesson(5, "ci-cd", "05-ci-cd")
    >>> lesson.source.as_posix()
    'source/05-ci-cd/ci-cd.ipynb'
    """

    number: int
    name: str
    folder: str

    @property
    def text(self) -> Path:
        """What authors edit."""
        return Path("lessons", self.folder, f"{self.name}.py")

    @property
    def source(self) -> Path:
        """What nbgrader reads."""
        return Path("source", self.folder, f"{self.name}.ipynb")

    @property
    def release(self) -> Path:
        """What learners open."""
        return Path("release", self.folder, f"{self.name}.ipynb")


def course_root(start: Path | None = None) -> Path:
    """Return the nearest folder, upwards from `start`, that holds a course.

    Parameters
    ----------
    start : Path, optional
        Where to look first; the current folder if not given.

    Returns
    -------
    Path
        A folder with `nbgrader_config.py`, and `lessons/` or `source/`.

    Raises
    ------
    CourseError
        If neither `start` nor a folder above it holds a course.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "nbgrader_config.py").is_file() and (
            (folder / "lessons").is_dir() or (folder / "source").is_dir()
        ):
            return folder
    raise CourseError(
        f"There is no course in {start} or above it: go to the folder of the course "
        "(the one with nbgrader_config.py) and try again."
    )


def lessons(root: Path) -> list[Lesson]:
    """Return the lessons of the course in `root`, in order.

    A lesson is a folder `NN-NAME` that holds `NAME.py` in `lessons/`; in a course that was handed
    out without its texts, `NAME.ipynb` in `source/`.
    """
    tree, suffix = ("lessons", ".py") if (root / "lessons").is_dir() else ("source", ".ipynb")
    found = []
    for folder in (root / tree).iterdir():
        lesson = lesson_of(folder.name)
        if lesson and (folder / (lesson.name + suffix)).is_file():
            found.append(lesson)
    return sorted(found)


def lesson_of(folder: str) -> Lesson | None:
    """Return the lesson that a folder's name stands for, or None if it is not such a name.

    Examples
    --------
    >>> lesson_of("05-ci-cd")
    Lesson(number=5, name='ci-cd', folder='05-ci-cd')
    >>> lesson_of("notes")
    """
    match = FOLDER.fullmatch(folder)
    return Lesson(int(match[1]), match[2], folder) if match else None


def notebooks(place: Path) -> dict[Lesson, Path]:
    """Return the lessons' notebooks that lie in a folder, each in its own: `NN-NAME/NAME.ipynb`.

    That is how they lie in `release/`, and in a student's folder once they are fetched.
    """
    found = {}
    for folder in place.iterdir():
        lesson = lesson_of(folder.name)
        if lesson and (notebook := folder / f"{lesson.name}.ipynb").is_file():
            found[lesson] = notebook
    return dict(sorted(found.items()))


def find_lesson(name: str, root: Path) -> Lesson:
    """Return the lesson that a person means by `name`.

    Parameters
    ----------
    name : str
        A name, a number or a folder: `what-is-mlops`, `1`, `01` or `01-what-is-mlops`.
    root : Path
        The course's folder.

    Returns
    -------
    Lesson

    Raises
    ------
    CourseError
        If no lesson is called that; the message offers the nearest names.
    """
    known = lessons(root)
    for lesson in known:
        if name in (lesson.name, lesson.folder) or (
            name.isdecimal() and int(name) == lesson.number
        ):
            return lesson
    names = [lesson.name for lesson in known]
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4) or names
    offer = f"did you mean {' or '.join(near)}?" if near else "this course has no lessons yet."
    raise CourseError(f"There is no lesson called {name!r}: {offer}")
