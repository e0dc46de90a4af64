"""Lesson 01 on the hub in a browser, from fetching it to what the instructor reads."""

import csv
import re
import stat

import nbformat
import pytest
from playwright.sync_api import Page, expect

from course.grading.hidden import split
from tests.bank import ATTEMPTS, load, released
from tests.browser.jupyter import (
    explorer,
    move,
    run_to,
    screenshot,
    start_cell,
    wait_for_kernel,
)
from tests.hub.machine import FORMGRADER, LESSON, Machine
from tests.hub.pages import (
    LONG,
    assignment_list,
    open_terminal,
    press,
    run_in_terminal,
    save,
    section,
    sign_in,
    type_answer,
    validate,
)

SHORT = 12  # characters: `return total` tells nobody anything
MISTAKES = {
    "known-columns": "wrong-drops-only-what-leaked",  # a visible check catches it
    "devops-or-mlops": "wrong-canary-is-mlops",  # only a hidden test does
}


@pytest.fixture
def answers() -> tuple[dict[str, str], dict[str, str]]:
    """Right answers to all exercises, and wrong ones to two."""
    exercises = load(nbformat.read(released(LESSON), 4), ATTEMPTS / LESSON)
    right = {exercise.name: exercise.right[0].source for exercise in exercises}
    wrong = {
        exercise.name: attempt.source
        for exercise in exercises
        for attempt in exercise.wrong
        if attempt.path.stem == MISTAKES.get(exercise.name)
    }
    assert wrong.keys() == MISTAKES.keys()
    # As tutorials do it. pandas warns of it, which must not make it wrong.
    right["known-columns"] = (
        ATTEMPTS / LESSON / "known-columns/right-inplace-on-a-copy.py"
    ).read_text()
    return right, wrong


def test_lesson_01(here: Machine, page: Page, complaints: list[str], answers) -> None:
    right, wrong = answers
    release(here, page)
    take(here, page, right, wrong)
    grade(here, page)
    read_feedback(here, page)
    # The page of feedback asks for MathJax, which JupyterLab keeps it from running.
    complaints[:] = [text for text in complaints if not re.search("mathjax|is sandboxed", text)]


def release(here: Machine, page: Page) -> None:
    """Release the lesson in Formgrader."""
    sign_in(page, here, "teacher", FORMGRADER)
    for step in "assign", "release":
        press(page, step)


def take(here: Machine, page: Page, right: dict[str, str], wrong: dict[str, str]) -> None:
    """Fetch the lesson, answer it, one answer wrong at first and one for good, and submit."""
    sign_in(page, here, "cleo")
    page.wait_for_url("**/lab**", timeout=LONG)
    lists = assignment_list(page)
    screenshot(page, "hub-released")
    section(lists, "released").get_by_role("button", name="Fetch").click()
    section(lists, "fetched").get_by_text(LESSON).click()
    screenshot(page, "hub-fetched")

    section(lists, "fetched").get_by_text("what-is-mlops", exact=True).click()
    wait_for_kernel(page)
    run_to(page, "YearInProduction(")
    move(explorer(page), "Week", "ArrowRight")
    screenshot(page, "hub-widget")

    for exercise, source in (right | wrong).items():
        type_answer(page, exercise, source)
    save(page)
    answer = validate(page)
    question = "AssertionError: Which columns does only a landed flight have?"
    answer.locator("pre").filter(has_text=question).evaluate("pre => pre.scrollIntoView(false)")
    screenshot(page, "hub-wrong")
    answer.get_by_role("button", name="Ok").click()
    type_answer(page, "known-columns", right["known-columns"])
    save(page)
    answer = validate(page)
    expect(answer).to_contain_text("Your notebook passes all the tests")
    screenshot(page, "hub-right")
    answer.get_by_role("button", name="Ok").click()

    start_cell(page, "CheckMyWork()")
    panel = page.locator(".explorer").last
    panel.get_by_role("button", name="Check my work").click()
    # What is wrong still, hidden tests alone can tell, and here are none.
    expect(panel.get_by_role("status")).to_contain_text("as far as you can see", timeout=LONG)
    screenshot(page, "hub-checked")

    lists = assignment_list(page)
    section(lists, "fetched").get_by_role("button", name="Submit").click()
    expect(section(lists, "submitted")).to_be_visible()
    screenshot(page, "hub-submitted")


def grade(here: Machine, page: Page) -> None:
    """Collect and grade by both commands in a terminal, and release feedback in Formgrader."""
    sign_in(page, here, "teacher", "/services/mlops/lab")
    open_terminal(page)
    run_in_terminal(page, here, f"nbgrader collect {LESSON}")
    autograded = here.course / "autograded" / here.names["cleo"] / LESSON / "what-is-mlops.ipynb"
    times = set()
    for command in "nbgrader autograde", "mlops-course grade":
        run_in_terminal(page, here, f"{command} {LESSON}")
        times.add(autograded.stat().st_mtime_ns)
        assert score(here, "cleo") == "19.0"  # of 20
    assert len(times) == 2  # each of the commands has graded
    screenshot(page, "hub-graded")

    page.goto(here.url + FORMGRADER)
    for step in "generate-feedback", "release-feedback":
        press(page, step)
    feedback = here.exchange / "mlops/feedback"
    assert list(feedback.iterdir())
    assert stat.S_IMODE(feedback.stat().st_mode) == 0o711
    assert "Permission denied" in here.run_as("ben", "ls", str(feedback)).stderr


def score(here: Machine, who: str) -> str:
    """Return what the table of points says, which `nbgrader export` writes."""
    done = here.run_as("grader", "nbgrader", "export", cwd=here.course)
    assert done.returncode == 0, done.stderr
    with (here.course / "grades.csv").open(newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["assignment"] == LESSON]
    return next(row["score"] for row in rows if row["student_id"] == here.names[who])


def read_feedback(here: Machine, page: Page) -> None:
    """Open the feedback, which shows the question and not the hidden test."""
    sign_in(page, here, "cleo")
    page.wait_for_url("**/lab**", timeout=LONG)
    handed_in = section(assignment_list(page), "submitted")
    handed_in.get_by_role("button", name="Fetch Feedback").click()
    handed_in.get_by_text("(view feedback)").click()
    page.locator(".jp-DirListing-item").filter(has_text="what-is-mlops.html").dblclick()
    feedback = page.frame_locator(".jp-HTMLViewer iframe").locator("body")
    question = "Would a team that runs a web shop without any model do each of D, E, F, G and J?"
    feedback.get_by_text(question).scroll_into_view_if_needed()
    screenshot(page, "hub-feedback")
    expect(feedback).to_contain_text("Score: 19.0 / 20.0")
    cells = feedback.locator("table.dataframe td")
    assert cells.first.evaluate("cell => parseFloat(getComputedStyle(cell).paddingLeft)") > 5
    hidden = lines_of_hidden_tests(here)
    assert len(hidden) > 50
    shown = " ".join(feedback.inner_text().split())
    assert [line for line in hidden if line in shown] == []


def lines_of_hidden_tests(here: Machine) -> set[str]:
    """Return what of the lesson's checks learners may not see, but for the questions in it."""
    source, release = (
        nbformat.read(here.course / f"{tree}/{LESSON}/what-is-mlops.ipynb", 4).cells
        for tree in ("source", "release")
    )
    given = "\n".join(cell.source for cell in release)
    lines = {
        " ".join(line.split())
        for cell in source
        for line in split(cell.source, "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")[1]
    }
    return {line for line in lines if len(line) > SHORT and line not in given}
