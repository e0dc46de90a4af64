"""Export a learner's work and results to a file, and import them where they are missing."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.grading.notebook import has_whole_cells
from course.lessons import CourseError, course_root, notebooks
from course.progress.answers import KINDS, Placed, put, work
from course.progress.parcel import Parcel, pack, read
from course.progress.results import Result, results, write_whole, written
from course.workspace import workspace_root


def place_of_notebooks() -> Path:
    """Return the folder with a learner's notebooks: `release/` of a course, or the current one.

    Raises
    ------
    CourseError
        If no lesson's notebook is there.
    """
    try:
        place = course_root() / "release"
    except CourseError:
        place = Path.cwd()
    if not place.is_dir() or not notebooks(place):
        raise CourseError(
            f"There are no lessons in {place}: go to the folder that holds them "
            "(01-what-is-mlops and so on) and try again."
        )
    return place


def export(place: Path, target: Path, force: bool = False) -> Parcel:
    """Write what a learner has made of the notebooks in a folder, and the results, to a file.

    Parameters
    ----------
    place : Path
        The folder with the notebooks, as they were last saved.
    target : Path
        The file.
    force : bool
        Replace a file of that name.

    Returns
    -------
    Parcel
        What was written.

    Raises
    ------
    CourseError
        If there is nothing to write, or the file is there already or cannot be written, or a
        notebook cannot be read.
    """
    own = {lesson.folder: work(_read(path)) for lesson, path in notebooks(place).items()}
    parcel = Parcel({lesson: each for lesson, each in own.items() if each.cells}, results())
    if not parcel.work and not parcel.results:
        raise CourseError(f"There is nothing to export yet: no notebook in {place} is answered.")
    if target.exists() and not force:
        raise CourseError(
            f"{target} exists, and may hold more than there is here: "
            "choose another name, or replace it with --force."
        )
    _write({target: pack(parcel)})
    return parcel


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Parameters
    ----------
    placed : dict of str to Placed
        What became of the cells, by lesson.
    absent : list of str
        Lessons of the file that are not here.
    backups : list of Path
        Copies of notebooks that held other work.
    results : int
        How many results were newer than those here.
    """

    placed: dict[str, Placed]
    absent: list[str]
    backups: list[Path]
    results: int


def import_(place: Path, file: Path, force: bool = False) -> Imported:
    """Put what a file holds into the notebooks in a folder; nothing of it is run.

    Where it is refused, nothing is changed. Done again, it changes nothing.

    Parameters
    ----------
    place : Path
        The folder with the notebooks.
    file : Path
        Written by `export`.
    force : bool
        Replace other work that a notebook holds; a copy of that notebook is kept.

    Returns
    -------
    Imported

    Raises
    ------
    CourseError
        If the file is refused; if a notebook here holds other work; if one cannot be read or
        written.
    """
    parcel = read(file)
    here = {lesson.folder: path for lesson, path in notebooks(place).items()}
    absent = sorted(parcel.work.keys() - here.keys())
    if absent and not parcel.work.keys() & here.keys():
        raise CourseError(
            f"{file} holds {', '.join(absent)}, and none of it is in {place}: "
            "is it of another course, or are its lessons not fetched yet?"
        )
    changed: dict[str, tuple[NotebookNode, Placed]] = {}
    for lesson in sorted(parcel.work.keys() & here.keys()):
        notebook = _read(here[lesson])
        kept = parcel.work[lesson]
        if not set(kept.order) & set(work(notebook).order):
            raise CourseError(f"{file} holds {lesson} of another course, so nothing was changed.")
        placed = put(kept, notebook)
        if placed.replaced and not force:
            raise CourseError(
                f"{here[lesson]} holds other work than {file} ({', '.join(placed.replaced)}), so "
                "nothing was changed: with --force it is replaced, and a copy of it kept."
            )
        changed[lesson] = notebook, placed
    replaced = [here[lesson] for lesson, (_, placed) in changed.items() if placed.replaced]
    backups = {_backup(path): path.read_text(encoding="utf-8") for path in replaced}
    texts = {
        here[lesson]: nbformat.writes(notebook) + "\n"
        for lesson, (notebook, placed) in changed.items()
        if placed.changed
    }
    newer = dict(map(written, _newer(parcel)))
    _write(backups | texts | newer)
    placed_by = {lesson: placed for lesson, (_, placed) in changed.items()}
    return Imported(placed_by, absent, [*backups], len(newer))


def _newer(parcel: Parcel) -> list[Result]:
    known = results()
    return [
        result
        for lesson, result in parcel.results.items()
        if lesson not in known or known[lesson].when < result.when
    ]


def _backup(notebook: Path) -> Path:
    now = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    return workspace_root() / "before-import" / now / notebook.parent.name / notebook.name


def _read(path: Path) -> NotebookNode:
    try:
        with warnings.catch_warnings():  # of cells without ids, in notebooks of older tools
            warnings.simplefilter("ignore")
            notebook = nbformat.read(path, as_version=4)
        json.dumps(notebook, ensure_ascii=False).encode()  # or it could not be written
        whole = has_whole_cells(notebook)
        whole = whole and all(cell.cell_type in KINDS for cell in notebook.cells)
    except Exception:  # nbformat has no one error for what is damaged
        whole = False
    if not whole:
        raise CourseError(f"{path} is damaged, so nothing was done: move it away, or restore it.")
    return notebook


def _write(texts: dict[Path, str]) -> None:
    try:
        write_whole(texts)
    except OSError as error:
        raise CourseError(
            f"{error.filename} cannot be written ({error.strerror}), so nothing was changed: "
            "mend that and try again."
        ) from None
