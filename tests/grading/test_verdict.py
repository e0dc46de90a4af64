"""What a check's outputs are worth once they are settled, by nbgrader's own count."""

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from course.grading.verdict import settle


def check(*outputs):
    nbgrader = {"grade": True, "solution": False, "locked": True, "grade_id": "a", "points": 4}
    return new_code_cell(metadata={"nbgrader": nbgrader}, outputs=list(outputs))


def result(text):
    return new_output("execute_result", {"text/plain": text}, execution_count=1)


ERROR = new_output("error", ename="AssertionError", evalue="Is it?", traceback=[])
WARNING = new_output("stream", name="stderr", text="deprecated\n")


@pytest.mark.parametrize(
    ("outputs", "points"),
    [
        ([], 4),
        ([ERROR], 0),
        ([WARNING], 4),
        ([WARNING, ERROR], 0),
        ([result("3")], 3),
        ([result("0")], 0),
        ([result("4.0")], 4),
        ([WARNING, result("2.5")], 2.5),
        ([result("nan")], 0),
        ([result("-1")], 0),
        ([result("inf")], 0),
        ([result("1000000000")], 0),
        ([result("'done'")], 4),
        ([result("4"), ERROR], 0),  # the result was forged: an error ends a cell
        ([result("4"), result("1")], 1),
        ([new_output("execute_result", {"image/png": "AA=="}, execution_count=1)], 4),
    ],
)
def test_a_check_earns_what_it_has_shown(outputs, points):
    cell = check(*outputs)
    settle(cell)
    assert determine_grade(cell)[0] == points


def test_a_warning_is_still_there_to_read():
    cell = check(WARNING)
    settle(cell)
    assert cell.outputs[0].text == "deprecated\n"


@pytest.mark.parametrize("outputs", [[], [result("4")], [WARNING]])
def test_a_flagged_check_earns_nothing_and_says_why(outputs):
    cell = check(*outputs)
    settle(cell, "The notebook defines anew what this check uses: isclose.")
    assert determine_grade(cell)[0] == 0
    assert "isclose" in cell.outputs[-1].evalue
