"""Let a learner's notebook stand for the course's own, where that one is not to be had."""

from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import compute_checksum, is_grade, is_solution, is_task

from course.grading.notebook import NotebookError, grade_id, is_answer, is_check

ONLY_VISIBLE = (
    "Only the checks that you can see in the notebook ran: "
    "the hidden tests run when your work is graded."
)


def by_itself(learner: NotebookNode, path: Path) -> tuple[NotebookNode, NotebookNode, list[str]]:
    """Return what stands for the course's notebook, for its release, and what to say of it.

    nbgrader leaves in each cell a checksum of what it held when it was released; so an answer that
    nobody has touched, and a check that somebody has, are found without the original.

    Parameters
    ----------
    learner : NotebookNode
        The notebook that is to be checked.
    path : Path
        What to call it if it is damaged.

    Returns
    -------
    original, released : NotebookNode
        The learner's notebook, where a cell is known by its first copy only; and the same without
        the answers.
    notes : list of str
        A sentence for each thing that the learner should know.

    Raises
    ------
    NotebookError
        If nbgrader's metadata in a cell is damaged.
    """
    original = deepcopy(learner)
    notes = [ONLY_VISIBLE]
    seen: set[str | None] = set()
    for number, cell in enumerate(original.cells, start=1):
        name = grade_id(cell)
        if name is None or name in seen:
            cell.metadata.pop("nbgrader", None)
            continue
        seen.add(name)
        if is_grade(cell) and not isinstance(cell.metadata.nbgrader.get("points"), int | float):
            raise NotebookError(
                f"In {path}, what nbgrader notes on cell {number} ({name}) is damaged: "
                "put your answers into a fresh copy."
            )
        if cell.cell_type != "code" and _was_code(cell):
            cell = new_code_cell(cell.source, metadata=cell.metadata, id=cell.get("id", name))
            original.cells[number - 1] = cell
        if is_check(cell) and not _untouched(cell):
            notes.append(f"Cell {number} ({name}) was changed, and was run as it is now.")
    released = deepcopy(original)
    for cell in released.cells:
        if is_answer(cell) and not _untouched(cell):
            cell.source = ""
    return original, released, notes


def _was_code(cell: NotebookNode) -> bool:
    """Tell whether nbgrader runs a cell: what is answered in prose is graded in its own cell."""
    return bool(is_grade(cell)) != bool(is_solution(cell)) and not is_task(cell)


def _untouched(cell: NotebookNode) -> bool:
    return bool(compute_checksum(cell) == cell.metadata.nbgrader.get("checksum"))
