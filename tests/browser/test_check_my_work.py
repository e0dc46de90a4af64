"""The button at the end of a lesson, as a learner presses it in JupyterLab and Notebook 7."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import Locator, Page, expect

from tests.browser.jupyter import (
    PATIENCE,
    Server,
    assert_accessible,
    explorer,
    look_in_both_themes,
    only_ours,
    open_in_lab,
    open_in_notebook,
    run_to,
    screenshot,
    set_theme,
)
from tests.course import small_lesson
from tests.course.small_lesson import FOLDER, NAME, PARTLY
from tests.hub.pages import type_answer

BUTTON = "from course.widgets.check_my_work import CheckMyWork\n\nCheckMyWork()"
LONG = PATIENCE * 1000  # milliseconds


@pytest.fixture
def lesson(jupyter: Server, tmp_path: Path) -> Path:
    """A course of its own with the small lesson, at whose end the button is."""
    root = jupyter.root / tmp_path.name
    for path in (small_lesson.write_course(root), root / "source" / FOLDER / f"{NAME}.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(new_code_cell(BUTTON, id="the-button"))
        nbformat.write(notebook, path)
    return root / "release" / FOLDER / f"{NAME}.ipynb"


def answers(path: Path) -> dict[str, str]:
    """Return what the file on the disk holds in its answer cells."""
    cells = nbformat.read(path, as_version=4).cells
    named = {cell.metadata.get("nbgrader", {}).get("grade_id", ""): cell.source for cell in cells}
    return {name: named[name] for name in PARTLY}


def press(widget: Locator) -> None:
    widget.get_by_role("button", name="Check my work").press("Enter")


@pytest.mark.parametrize("application", ["lab", "notebook"])
def test_an_answer_is_saved_checked_and_asked_about(
    page: Page, complaints: list[str], jupyter: Server, lesson: Path, application: str
) -> None:
    path = lesson.relative_to(jupyter.root).as_posix()
    (open_in_lab if application == "lab" else open_in_notebook)(page, jupyter, path)
    set_theme(page, "JupyterLab Light")
    run_to(page, "CheckMyWork()")
    widget = explorer(page)
    said = widget.get_by_role("status")
    expect(said).to_contain_text("Press the button")
    for name, source in PARTLY.items():
        type_answer(page, name, source)
    assert answers(lesson) != PARTLY

    press(widget)
    expect(widget.get_by_role("progressbar")).to_be_visible()
    expect(said).to_contain_text("runs in a process of its own")
    assert answers(lesson) == PARTLY  # it was saved before anything ran
    press(widget)  # once more, which does nothing
    expect(said).to_have_text(
        "3 of 4 claims hold. Next is 'Add up'. What becomes of a negative value?", timeout=LONG
    )
    claim = widget.get_by_role("row", name="The total of nothing is 0.")
    expect(claim).to_contain_text("passed")
    asked = widget.get_by_role("row", name="Every value counts.")
    expect(asked).to_contain_text("not yet")
    expect(asked).to_contain_text("What becomes of a negative value?")
    expect(widget.get_by_role("row", name="01 Sums (this one)")).to_contain_text("3 of 4")
    if application == "lab":
        look_in_both_themes(page, widget, "check-my-work")
    else:
        only_ours(complaints)  # it throws at start, about a plugin without a schema


def test_the_kernel_answers_while_a_check_runs(page: Page, jupyter: Server, lesson: Path) -> None:
    open_in_lab(page, jupyter, lesson.relative_to(jupyter.root).as_posix())
    run_to(page, "CheckMyWork()")
    widget = explorer(page)
    type_answer(
        page, "total", "import os, time\nif 'NBGRADER_EXECUTION' in os.environ: time.sleep(8)"
    )
    press(widget)
    expect(widget).to_contain_text("Cell 1 of 10 has run.", timeout=LONG)
    assert_accessible(page)
    screenshot(widget, "check-my-work-running")
    type_answer(page, "largest", "print('an', 'answer')")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".jp-OutputArea-output", has_text="an answer")).to_be_visible()
    expect(widget.get_by_role("progressbar")).to_be_visible()
    expect(widget.get_by_role("status")).to_contain_text("claims hold", timeout=LONG)
    assert answers(lesson)["largest"] != "print('an', 'answer')"  # it came after the press


def test_a_notebook_that_was_renamed_is_still_found(
    page: Page, jupyter: Server, lesson: Path
) -> None:
    copy = lesson.rename(lesson.with_name("copy.ipynb"))
    open_in_lab(page, jupyter, copy.relative_to(jupyter.root).as_posix())
    run_to(page, "CheckMyWork()")
    page.evaluate(
        """async name => {
            const { context } = jupyterapp.shell.currentWidget;
            await context.rename(name);
        }""",
        lesson.name,
    )
    press(explorer(page))
    expect(explorer(page).get_by_role("status")).to_contain_text(
        "0 of 4 claims hold. Next is 'Add up', which has no answer yet.", timeout=LONG
    )


def test_a_folder_that_was_renamed_is_checked_and_not_the_fresh_one_in_its_place(
    page: Page, jupyter: Server, lesson: Path
) -> None:
    fresh = lesson.read_bytes()
    open_in_lab(page, jupyter, lesson.relative_to(jupyter.root).as_posix())
    run_to(page, "CheckMyWork()")
    for name, source in PARTLY.items():
        type_answer(page, name, source)
    here = lesson.parent.relative_to(jupyter.root).as_posix()
    page.evaluate("here => jupyterapp.serviceManager.contents.rename(here, `${here}-old`)", here)
    lesson.parent.mkdir()
    lesson.write_bytes(fresh)
    press(explorer(page))
    expect(explorer(page).get_by_role("status")).to_contain_text("3 of 4 claims", timeout=LONG)
    assert lesson.read_bytes() == fresh
