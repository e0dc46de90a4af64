"""What a check's outputs are worth once they are settled, by nbgrader's own count."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from course.grading.limit import CUT, LimitBytes
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


def printed(text):
    return new_output("stream", name="stdout", text=text)


def limited(*outputs):
    return LimitBytes(max_bytes=5000).preprocess_cell(check(*outputs), {}, 0)[0]


@pytest.mark.parametrize(
    "output",
    [
        printed("x" * 10**6),
        printed("\n".join(["é" * 10] * 10**5)),
        new_output("display_data", {"image/png": "A" * 10**6}),
        new_output("display_data", {"text/plain": "1"}, metadata={"a": "x" * 10**6}),
        new_output("execute_result", {"text/plain": "9" * 10**6}, execution_count=1),
    ],
)
def test_outputs_are_cut_by_bytes(output):
    cell = limited(output, output, output)
    assert len(json.dumps(cell.outputs, ensure_ascii=False).encode()) < 10_000
    if output.output_type == "stream":
        assert CUT in cell.outputs[0].text


@pytest.mark.parametrize(
    ("last", "points"), [(result("1.25"), 1.25), (ERROR, 0), (result("'done'"), 4)]
)
def test_what_decides_a_score_is_kept_whatever_was_printed_before(last, points):
    cell = check(printed("x" * 10**6), printed("y"), last)
    settle(cell)
    assert determine_grade(limited(*cell.outputs))[0] == points
