"""Read a notebook, and tell answers, checks and exercises in it."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode, from_dict
from nbformat.v4.rwbase import rejoin_lines
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets.config import Config


class NotebookError(Exception):
    """Why a file cannot be checked and how to cure it, in one sentence for the learner."""


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook without changing it.

    Parameters
    ----------
    path : Path
        A file in the notebook format 4.

    Returns
    -------
    NotebookNode

    Raises
    ------
    NotebookError
        If there is no such file, or it is not a notebook, or one of another format.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotebookError(f"{path} does not exist: is its name spelled right?") from None
    except IsADirectoryError:
        raise NotebookError(f"{path} is a folder: name the notebook in it.") from None
    except UnicodeDecodeError:
        raise NotebookError(f"{path} is not a notebook: it is not text.") from None
    except OSError as error:
        raise NotebookError(f"{path} cannot be read: {error.strerror}.") from None
    if not text.strip():
        raise NotebookError(f"{path} is empty: save it again, or start from a fresh copy.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotebookError(f"{path} is not a notebook: it is not valid JSON.") from None
    major = data.get("nbformat") if isinstance(data, dict) else None
    if not isinstance(major, int):
        raise NotebookError(f"{path} is not a notebook: it names no notebook format.")
    if major != 4:
        raise NotebookError(
            f"{path} is in notebook format {major}, and only 4 can be checked: "
            "open it in JupyterLab and save it again."
        )
    try:
        notebook = rejoin_lines(from_dict(data))
        whole = has_whole_cells(notebook)
    except (AttributeError, TypeError):
        whole = False
    if not whole:
        raise NotebookError(f"{path} is damaged, as its cells lack parts: start from a fresh copy.")
    return notebook


def has_whole_cells(notebook: NotebookNode) -> bool:
    """Return whether every cell has the parts that the format demands.

    Raises
    ------
    AttributeError, TypeError
        If there are no cells, or a cell is none or lacks a part.
    """
    return all(
        isinstance(cell.cell_type, str)
        and isinstance(cell.metadata, dict)
        and isinstance(cell.source, str)
        for cell in notebook.cells
    )


def as_released(source: NotebookNode, config: Config | None = None) -> NotebookNode:
    """Return what learners are given of a notebook: no solutions, no hidden tests."""
    notebook = deepcopy(source)
    for preprocessor in (ClearSolutions, ClearHiddenTests):
        notebook, _ = preprocessor(config=config).preprocess(notebook, {})
    return notebook


def grade_id(cell: NotebookNode) -> str | None:
    """Return the name under which nbgrader knows a cell, or None if it does not."""
    metadata = cell.metadata.get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else None


def is_check(cell: NotebookNode) -> bool:
    """Return whether a cell is graded by running it."""
    return bool(is_grade(cell)) and not is_solution(cell)


def is_answer(cell: NotebookNode) -> bool:
    """Return whether a cell is where the learner answers in code."""
    return cell.cell_type == "code" and bool(is_solution(cell))


class Task(NamedTuple):
    """An exercise of the course: where to answer, and the checks up to the next exercise."""

    name: str
    title: str
    checks: list[str]


def tasks(original: NotebookNode) -> list[Task]:
    """Return the exercises that are graded by running them, in the order of the notebook."""
    found: list[Task] = []
    title = None
    for cell in original.cells:
        name = grade_id(cell)
        if cell.cell_type == "markdown" and is_locked(cell):
            heading = re.search(r"^#+\s+(?:Exercise(?: \d+)?: )?(.+)$", cell.source, re.M)
            title = capital(heading[1].strip()) if heading else title
        if name and (is_answer(cell) or (is_check(cell) and not found)):
            found.append(Task(name, title or name, []))
            title = None
        if name and is_check(cell):
            found[-1].checks.append(name)
    return [task for task in found if task.checks]


def capital(sentence: str) -> str:
    """Return a sentence as it stands at the beginning of a line."""
    return sentence[:1].upper() + sentence[1:]
