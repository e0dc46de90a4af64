"""Only a blank answer is an excuse."""

import nbformat.v4 as nb
import pytest

from tests.lessons.unanswered import STUB, surprises

CHECK = {"nbgrader": {"grade": True, "solution": False}}
ANSWER = {"nbgrader": {"grade": False, "solution": True}}
BLANK = ("NotImplementedError", f"{STUB}: replace this line with your answer.")


def notebook(*cells):
    """Return a notebook of code cells, each its source, its metadata and how it ended."""
    made = nb.new_notebook()
    for source, metadata, error in cells:
        cell = nb.new_code_cell(source, metadata=metadata)
        if error:
            cell.outputs = [nb.new_output("error", ename=error[0], evalue=error[1], traceback=[])]
        made.cells.append(cell)
    return made


def undefined(name):
    return ("NameError", f"name '{name}' is not defined")


SOLVED = notebook(
    ("prices = [1, 2]", ANSWER, None),
    ("total = sum(prices)", {}, None),
    ("total + 1", {}, None),
    ("assert total == 3", CHECK, None),
)


def test_what_follows_from_a_blank_answer_is_excused():
    ended = [BLANK, undefined("prices"), undefined("total"), ("AssertionError", "Is it 3?")]
    cells = zip(SOLVED.cells, ended, strict=True)
    done = notebook(*((cell.source, cell.metadata, error) for cell, error in cells))
    assert surprises(done, SOLVED) == []


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (1, ("MemoryError", "")),
        (1, undefined("total")),
        (1, ("NotImplementedError", "This type is not supported.")),
        (2, ("AssertionError", "in an open cell")),
        (3, ("ModuleNotFoundError", "No module named 'pyarrow'")),
        (3, undefined("prices")),  # the answer is there
    ],
)
def test_anything_else_is_a_surprise(place, error):
    cells = [(cell.source, cell.metadata, None) for cell in SOLVED.cells]
    cells[place] = (*cells[place][:2], error)
    assert surprises(notebook(*cells), SOLVED) == [f"cell {place + 1}: {error[0]}: {error[1]}"]


def test_a_warning_is_a_surprise():
    done = notebook(*((cell.source, cell.metadata, None) for cell in SOLVED.cells))
    done.cells[1].outputs = [nb.new_output("stream", name="stderr", text="deprecated")]
    assert surprises(done, SOLVED) == ["cell 2 says: deprecated"]
