"""What the course says that a notebook's cells are, whatever a learner made of them."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from course.grading.notebook import grade_id

SCHEMA = 3  # of nbgrader's metadata


def definition(gradebook: Gradebook, assignment: str, notebook: str, source: Path) -> NotebookNode:
    """Return the notebook that learners were given, with the hidden tests in its checks.

    What is in its cells is what the gradebook has of them since `nbgrader generate_assignment`;
    the order of the cells, their tags and all other metadata come from the file in `source/`.

    Parameters
    ----------
    gradebook : Gradebook
        nbgrader's, where the assignment is defined.
    assignment, notebook : str
        nbgrader's names for them.
    source : Path
        The notebook in `source/`. Where it is missing, the cells stand in the gradebook's order.

    Returns
    -------
    NotebookNode
        Answers hold what learners find in them; cells that nbgrader does not know are left as in
        the source.
    """
    known = {cell.name: cell for cell in gradebook.find_notebook(notebook, assignment).source_cells}
    described = _descriptions(gradebook, assignment, notebook)
    original = nbformat.read(source, as_version=4) if source.is_file() else new_notebook()
    cells = []
    for cell in original.cells:
        name = grade_id(cell)
        if name is None:
            cells.append(cell)
        elif name in known:
            cells.append(_defined(known.pop(name), cell, described[name]))
        else:  # it was graded once, or will be from the next generate_assignment on
            del cell.metadata["nbgrader"]
            cells.append(cell)
    for name, row in known.items():
        make = new_code_cell if row.cell_type == "code" else new_markdown_cell
        cells.append(_defined(row, make(), described[name]))
    original.cells = cells
    return original


def _descriptions(gradebook: Gradebook, assignment: str, notebook: str) -> dict[str, dict]:  # type: ignore[type-arg]
    """Return nbgrader's metadata for each cell that it knows."""
    found = gradebook.find_notebook(notebook, assignment)
    grades = {cell.name: float(cell.max_score) for cell in found.grade_cells}
    tasks = {cell.name: float(cell.max_score) for cell in found.task_cells}
    solutions = {cell.name for cell in found.solution_cells}
    described = {}
    for cell in found.source_cells:
        name = cell.name
        described[name] = {
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
            "grade": name in grades,
            "grade_id": name,
            "locked": bool(cell.locked),
            "schema_version": SCHEMA,
            "solution": name in solutions,
            "task": name in tasks,
        }
        points = grades.get(name, tasks.get(name))
        if points is not None:
            described[name]["points"] = points
    return described


def _defined(row: object, cell: NotebookNode, description: dict) -> NotebookNode:  # type: ignore[type-arg]
    """Return a source's cell as the gradebook defines it."""
    if cell.cell_type != description["cell_type"]:
        make = new_code_cell if description["cell_type"] == "code" else new_markdown_cell
        cell = make(metadata=cell.metadata, id=cell.get("id") or make().id)
    cell.source = row.source  # type: ignore[attr-defined]
    cell.metadata["nbgrader"] = NotebookNode(description)
    return cell
