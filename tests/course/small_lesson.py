"""A course of one lesson with three exercises, which is checked in a second or two."""

import json
from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum

from course.grading.notebook import as_released

FOLDER, NAME = "01-sums", "sums"
CONFIG = """\
from course.grading import settings

c = get_config()
c.CourseDirectory.course_id = "sums"
settings.use(c)
"""
HIDDEN = [
    "unseen = [17, -23]",
    "assert total(unseen) == -6",
    "assert largest == 9",
    'by_hand = {"mean of 5 and 6": 5.5}["mean of 5 and 6"]',
    "assert mean([5, 6]) == by_hand",
]
RIGHT = {
    "total": "def total(values):\n    return sum(values)",
    "largest": "largest = max(readings)",
    "mean": "def mean(values):\n    return total(values) / len(values)",
}
WRONG = {
    "total": "def total(values):\n    return 7",
    "largest": "largest = 4",
    "mean": "def mean(values):\n    return values[0]",
}
PARTLY = RIGHT | {"total": "def total(values):\n    return sum(map(abs, values))"}

# A right answer, unless somebody without keys hears what its kernel says.
EAVESDROP = """\
import ipykernel, zmq
stranger = zmq.Context().socket(zmq.SUB)
stranger.subscribe("")
stranger.connect(f"tcp://127.0.0.1:{ipykernel.get_connection_info(unpack=True)['iopub_port']}")
for _ in range(20):
    print("the answer is 42", flush=True)
    assert not stranger.poll(100), stranger.recv_multipart()
largest = 9"""


def source_notebook() -> NotebookNode:
    """Return the lesson with solutions and hidden tests."""
    return new_notebook(
        metadata={"kernelspec": {"display_name": "", "language": "python", "name": "python3"}},
        cells=[
            new_markdown_cell("# Sums", id="title"),
            new_code_cell("import math\n\nreadings = [4, 9, 2]", id="setup"),
            _task("total", "### Exercise: add up\nWrite it."),
            _answer(
                "total",
                "def total(values):\n    ### BEGIN SOLUTION\n    return sum(values)\n"
                "    ### END SOLUTION",
            ),
            new_code_cell("total(readings)", id="try-it"),
            _check(
                "total-check-empty",
                1,
                '"""The total of nothing is 0."""\nassert total([]) == 0, "Where do you start?"',
            ),
            _check(
                "total-check-signs",
                2,
                '"""Every value\ncounts."""\nassert total([1, 2]) == 3, "Is one left out?"\n'
                "### BEGIN HIDDEN TESTS\n"
                f'{HIDDEN[0]}\n{HIDDEN[1]}, "What becomes of a negative value?"\n'
                "### END HIDDEN TESTS",
            ),
            _task("largest", "### The largest\nSet the variable."),
            _answer("largest", "### BEGIN SOLUTION\nlargest = 9\n### END SOLUTION"),
            _check(
                "largest-check-value",
                1,
                '"""No reading is larger."""\nassert type(largest) is int, "Is it a number?"\n'
                f'### BEGIN HIDDEN TESTS\n{HIDDEN[2]}, "Which one is above all others?"\n'
                "### END HIDDEN TESTS",
            ),
            _answer("mean", RIGHT["mean"]),
            _check(
                "mean-check-readings",
                2,
                '"""The mean of the readings is 5."""\n'
                'assert math.isclose(mean(readings), 5), "What do you divide by?"\n'
                f'### BEGIN HIDDEN TESTS\n{HIDDEN[3]}\n{HIDDEN[4]}, "And two values?"\n'
                "### END HIDDEN TESTS",
            ),
        ],
    )


def write_course(root: Path) -> Path:
    """Write a course with the lesson, and return the path of its released notebook."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(CONFIG)
    source = source_notebook()
    write(source, root / "source" / FOLDER / f"{NAME}.ipynb")
    return write(as_released(source), root / "release" / FOLDER / f"{NAME}.ipynb")


def write(notebook: NotebookNode, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def answered(answers: dict[str, str]) -> NotebookNode:
    """Return the released notebook with some answers filled in."""
    notebook = deepcopy(as_released(source_notebook()))
    for name, text in answers.items():
        find(notebook, name).source = text
    return notebook


def handed_out(answers: dict[str, str]) -> NotebookNode:
    """Return the notebook as nbgrader hands it out, with its checksums, and answers filled in."""
    notebook = answered({})
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    for name, text in answers.items():
        find(notebook, name).source = text
    return notebook


def find(notebook: NotebookNode, name: str) -> NotebookNode:
    return notebook.cells[place(notebook, name)]


def place(notebook: NotebookNode, name: str) -> int:
    """Return the index of a cell, given its grade_id, or its id if it is an ordinary cell."""
    for index, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id", cell.id) == name:
            return index
    raise LookupError(name)


def _task(name: str, text: str) -> NotebookNode:
    cell = new_markdown_cell(text, id=f"{name}-task")
    cell.metadata.nbgrader = _metadata(f"{name}-task", locked=True)
    return cell


def _answer(name: str, code: str) -> NotebookNode:
    cell = new_code_cell(code, id=f"{name}-answer")
    cell.metadata.nbgrader = _metadata(name, solution=True)
    return cell


def _check(name: str, points: int, code: str) -> NotebookNode:
    cell = new_code_cell(code, id=name)
    cell.metadata.nbgrader = _metadata(name, locked=True, grade=True) | {"points": points}
    return cell


def _metadata(name: str, **flags: bool) -> dict[str, object]:
    flags = {"grade": False, "locked": False, "solution": False, "task": False} | flags
    return {"grade_id": name, "schema_version": 3, **flags}
