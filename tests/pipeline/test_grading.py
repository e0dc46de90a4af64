"""What the instructor and the learner see of odd submissions, graded by nbgrader's commands."""

import html
import re
from types import SimpleNamespace

import pytest

from tests.bank import fill_in, read_notebook, released
from tests.pipeline.course_copy import CourseCopy
from tests.pipeline.tiny_course import HIDDEN, LESSON, NOTEBOOK, write_source

ANSWERS = {
    "right": "def double(values):\n    return [2 * value for value in values]",
    "negative": "def double(values):\n    return [abs(2 * value) for value in values]",
    "prints": "def double(values):\n    print(In[-1])\n    return 1 / 0",
    "hangs": "def double(values):\n    while values: pass\n    return []",
    "edits": "def double(values):\n    return []",
    "deletes": "def double(values):\n    return []",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grade a class of odd submissions, and return what the commands said and wrote."""
    course = CourseCopy(tmp_path_factory.mktemp("grading"), lessons=[])
    write_source(course.root)
    course.nbgrader("generate_assignment", LESSON)
    for student, answer in ANSWERS.items():
        notebook = fill_in(read_notebook(released(LESSON, course.root)), {"double": answer})
        check = next(cell for cell in notebook.cells if cell.id == "double-check-values")
        if student == "edits":
            check.source = "pass"
        if student == "deletes":
            notebook.cells.remove(check)
        course.hand_in(student, LESSON, NOTEBOOK, notebook)
    log = course.nbgrader("autograde", LESSON, "--Execute.timeout=5")
    course.nbgrader("generate_feedback", LESSON)
    return SimpleNamespace(
        course=course,
        log=log,
        outcomes=course.outcomes(LESSON),
        pages={
            student: (
                course.root / "feedback" / student / LESSON / NOTEBOOK.replace(".ipynb", ".html")
            ).read_text(encoding="utf-8")
            for student in ANSWERS
        },
    )


def text(page):
    return html.unescape(re.sub(r"<[^<>]*>", "", page))


@pytest.mark.parametrize("student", ANSWERS)
def test_no_page_shows_a_hidden_test(graded, student):
    page = re.sub(r"\s+", " ", text(graded.pages[student]))
    assert "double doubles every value." in page
    assert not [line for line in HIDDEN if line in page]
    assert "HIDDEN TESTS" not in page


def test_a_page_asks_the_question_of_a_hidden_test(graded):
    page = text(graded.pages["negative"])
    assert "Not yet true: double doubles every value.\nAsk yourself: What becomes of" in page


def test_a_page_shows_the_line_of_the_learners_own_error(graded):
    page = text(graded.pages["prints"])
    assert "---->   3     return 1 / 0" in page
    assert "ZeroDivisionError: division by zero" in page


def test_an_endless_loop_costs_its_own_checks_only(graded):
    assert graded.outcomes["hangs"]["double-check-values"].score == 0
    assert graded.outcomes["hangs"]["double-check-empty"].score == 1
    assert "Ran longer than 5 s: is there a loop that does not end?" in text(graded.pages["hangs"])


def test_a_check_that_was_edited_or_deleted_counts_as_released(graded):
    assert graded.outcomes["edits"]["double-check-values"].score == 0
    assert graded.outcomes["deletes"]["double-check-values"].score == 0


def test_the_log_warns_of_the_two_checks_that_a_learner_changed_and_of_nothing_else(graded):
    warned = [line for line in graded.log.splitlines() if "warning" in line.lower()]
    assert len(warned) == 2, warned
    assert "edits: Cell 6 (double-check-values) was changed" in "".join(warned)
    assert "deletes: The check double-check-values is missing" in "".join(warned)


def test_generating_the_release_again_keeps_every_grade(graded):
    graded.course.nbgrader("generate_assignment", LESSON)
    assert graded.course.outcomes(LESSON) == graded.outcomes
