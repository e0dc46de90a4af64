"""Lesson 01 on the hub in a browser, from fetching it to what the instructor reads."""

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.bank import ATTEMPTS, load, released
from tests.browser.jupyter import explorer, move, run_to, screenshot, wait_for_kernel
from tests.hub.machine import LESSON, Machine
from tests.hub.pages import (
    LONG,
    assignment_list,
    run_in_terminal,
    save,
    section,
    sign_in,
    type_answer,
    validate,
)

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


def test_lesson_01(here: Machine, page: Page, answers) -> None:
    right, wrong = answers
    sign_in(page, here, "cleo")
    page.wait_for_url("**/lab**", timeout=LONG)
    lists = assignment_list(page)
    screenshot(page, "hub-1-released")
    section(lists, "released").get_by_role("button", name="Fetch").click()
    section(lists, "fetched").get_by_text(LESSON).click()
    screenshot(page, "hub-2-fetched")

    section(lists, "fetched").get_by_text("what-is-mlops", exact=True).click()
    wait_for_kernel(page)
    run_to(page, "YearInProduction(")
    move(explorer(page), "Week", "ArrowRight")
    screenshot(page, "hub-3-widget")

    for exercise, source in (right | wrong).items():
        type_answer(page, exercise, source)
    save(page)
    answer = validate(page)
    expect(answer).to_contain_text("Which columns does only a landed flight have?")
    screenshot(page, "hub-4-wrong")
    answer.get_by_role("button", name="Ok").click()
    type_answer(page, "known-columns", right["known-columns"])
    save(page)
    answer = validate(page)
    expect(answer).to_contain_text("Your notebook passes all the tests")
    screenshot(page, "hub-5-right")
    answer.get_by_role("button", name="Ok").click()

    lists = assignment_list(page)
    section(lists, "fetched").get_by_role("button", name="Submit").click()
    expect(section(lists, "submitted")).to_be_visible()
    screenshot(page, "hub-6-submitted")


def test_terminals_of_instructors_know_the_commands(here: Machine, page: Page) -> None:
    sign_in(page, here, "teacher", "/services/mlops/lab")
    assert run_in_terminal(page, here, "nbgrader list --inbound") == 0
    assert run_in_terminal(page, here, "mlops-course --help") == 0
    screenshot(page, "hub-7-terminal")
