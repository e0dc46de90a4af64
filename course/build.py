"""Derive the notebooks from the lessons' text: the same bytes every time.

lessons/NN-NAME/NAME.py -> source/NN-NAME/NAME.ipynb -> release/NN-NAME/NAME.ipynb

The README's links to lesson 01 are brought in step too.
"""

import re
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import Config, PyFileConfigLoader

from course.lessons import CourseError, Lesson, lessons
from course.links import linked
from course.progress.answers import digest, work

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def build(root: Path, check: bool = False, force: bool = False) -> list[Path]:
    """Bring `source/` and `release/` up to date with `lessons/`, and the README's links.

    Parameters
    ----------
    root : Path
        The course's folder.
    check : bool
        Only compare, and write nothing.
    force : bool
        Replace a released notebook although somebody has worked in it.

    Returns
    -------
    list of Path
        What was written or removed, relative to `root`.

    Raises
    ------
    CourseError
        If a lesson cannot be built; if `check` finds a difference; if a notebook that somebody has
        worked in would be replaced.
    """
    derived = derive(root) | linked(root)
    known = {*derived, *_built(root)}
    changed = [path for path in sorted(known) if _bytes(root / path) != derived.get(path)]
    names = ", ".join(path.as_posix() for path in changed)
    if check:
        if changed:
            raise CourseError(
                f"What is derived differs from what it is made of ({names}): "
                "run `make build` and commit what it writes."
            )
        return []
    worked = [path.as_posix() for path in changed if holds_work(root / path)]
    if worked and not force:
        raise CourseError(
            f"Somebody has worked in {', '.join(worked)}, so nothing was built: "
            "move that copy away, or replace it with `mlops-course build --force`."
        )
    for path in changed:
        if path in derived:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(derived[path])
        else:
            (root / path).unlink()
    return changed


def derive(root: Path) -> dict[Path, bytes]:
    """Return every notebook that `lessons/` makes, by its path relative to `root`."""
    if not (root / "lessons").is_dir():
        raise CourseError(f"There is nothing to build in {root}: it has no folder lessons/.")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    derived = {}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder).resolve()
        for lesson in lessons(root):
            source = scratch / lesson.source
            source.parent.mkdir(parents=True)
            source.write_bytes(source_notebook((root / lesson.text).read_text("utf-8"), lesson))
            _generate(lesson, scratch, config)
            for path in (lesson.source, lesson.release):
                derived[path] = (scratch / path).read_bytes()
    return derived


def source_notebook(text: str, lesson: Lesson) -> bytes:
    """Return the notebook that a lesson's text stands for.

    A cell's id is its grade_id; of an ungraded cell, a digest of what it says. So the notebook is
    the same wherever it is built, and a change of one cell changes that cell alone.
    """
    try:
        import jupytext
    except ModuleNotFoundError:
        raise CourseError(
            "Building needs jupytext, which is not installed here: "
            "run `make build`, or `pip install jupytext`."
        ) from None
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.update(metadata=METADATA, nbformat=4, nbformat_minor=5)
    taken: dict[str, int] = {}
    for number, cell in enumerate(notebook.cells, start=1):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name and name in taken:
            raise CourseError(
                f"In {lesson.text.as_posix()}, cells {taken[name]} and {number} both have the "
                f"grade_id {name!r}: give one of them another."
            )
        cell.id = name or _id(cell, taken)
        taken[cell.id] = number
        cell.metadata.pop("lines_to_next_cell", None)  # jupytext's own note
    written: str = nbformat.writes(notebook)
    return (written + "\n").encode()


def holds_work(path: Path) -> bool:
    """Tell whether somebody has run, or answered in, the released notebook at `path`.

    nbgrader leaves each answer cell's checksum in the notebook, so that a stub that was built from
    an older text is not taken for an answer.
    """
    if path.parts[-3] != "release" or not path.is_file():
        return False
    try:
        notebook = nbformat.reads(path.read_text("utf-8"), as_version=4)
    except nbformat.reader.NotJSONError:  # half a merge, say: nobody can work in it
        return False
    ran = any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
    return ran or bool(work(notebook).cells)


def _id(cell: NotebookNode, taken: dict[str, int]) -> str:
    first = name = digest(cell)
    twin = 1
    while name in taken:
        twin, name = twin + 1, f"{first}-{twin + 1}"
    return name


def _generate(lesson: Lesson, scratch: Path, config: Config) -> None:
    """Run `nbgrader generate_assignment` in `scratch`, without a gradebook."""
    config.SaveCells.enabled = False
    directory = CourseDirectory(config=config, root=str(scratch), assignment_id=lesson.folder)
    result = capture_log(GenerateAssignment(directory, config=config, no_database=True))
    if not result["success"]:
        reasons = re.findall(
            r"^ *[\w.]+Error: (.+)$", result.get("log", "") + result["error"], re.M
        )
        reason = reasons[0] if reasons else f"run `nbgrader generate_assignment {lesson.folder}`."
        raise CourseError(f"nbgrader cannot release {lesson.text.as_posix()}: {reason}")


def _built(root: Path) -> list[Path]:
    """Return the notebooks in `source/` and `release/` that lessons, also former ones, made."""
    return [
        path.relative_to(root)
        for tree in ("source", "release")
        for path in (root / tree).glob("[0-9][0-9]-*/*.ipynb")
        if path.stem == path.parent.name[3:]
    ]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
