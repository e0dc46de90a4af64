"""What people do on the hub in a browser: sign in, fetch, answer, hand in, grade, read."""

import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.jupyter import screenshot
from tests.hub.machine import LESSON, PASSWORD, PATIENCE, Machine

LONG = PATIENCE * 1000  # milliseconds


def sign_in(page: Page, here: Machine, who: str, path: str = "/") -> None:
    """Sign in as one of the accounts, whoever was before, and ask for a page."""
    page.context.clear_cookies()
    page.goto(here.url + path)
    page.get_by_label("Username").fill(here.names[who])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def assignment_list(page: Page) -> Locator:
    """Open nbgrader's Assignment List from the menu, or show it anew; return its panel."""
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    panel = page.locator("#assignments")
    panel.get_by_title("Refresh assignments list").click()
    expect(panel.locator(".list_loading:visible")).to_have_count(0)
    return panel


def section(panel: Locator, name: str) -> Locator:
    """Return "released", "fetched" or "submitted" of the Assignment List."""
    return panel.locator(f"#{name}_assignments_list .list_item").filter(has_text=LESSON)


def type_answer(page: Page, exercise: str, source: str) -> None:
    """Type an answer into the solution cell of an exercise of the open notebook."""
    page.evaluate(
        """async exercise => {
            const notebook = jupyterapp.shell.currentWidget.content;
            const place = notebook.widgets.findIndex(({ model }) =>
                model.type === "code" && model.getMetadata("nbgrader")?.grade_id === exercise);
            notebook.activeCellIndex = place;
            await notebook.scrollToCell(notebook.widgets[place]);
            notebook.mode = "edit";
            notebook.activeCell.editor.focus();
        }""",
        exercise,
    )
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    shown = "() => jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.getSource()"
    assert page.evaluate(shown) == source


def save(page: Page) -> None:
    """Save the open notebook."""
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")


def validate(page: Page) -> Locator:
    """Press Validate above the open notebook; return what it answers."""
    page.get_by_role("button", name="Validate").click()
    answer = page.get_by_role("dialog")
    expect(answer).to_contain_text("Validation", timeout=LONG)
    return answer


def open_terminal(page: Page) -> None:
    """Open a terminal from JupyterLab's Launcher, which it replaces."""
    page.locator(".jp-LauncherCard").filter(has_text="Terminal").click(timeout=LONG)
    expect(page.locator(".jp-Launcher")).to_have_count(0)
    expect(page.locator(".jp-Terminal .xterm-screen")).to_be_visible()


def run_in_terminal(page: Page, here: Machine, command: str) -> None:
    """Type a command into the open terminal, and wait until it has ended well."""
    status = here.course / "status"
    page.locator(".jp-Terminal").click()
    page.keyboard.type(f"{command}; echo $? > status.part; mv status.part status\n")
    end = time.monotonic() + PATIENCE
    while not status.exists():
        assert time.monotonic() < end, f"{command} did not end."
        page.wait_for_timeout(200)
    assert status.read_text() == "0\n", f"{command} failed; a screenshot shows why."
    status.unlink()


def press(page: Page, step: str) -> None:
    """Press a step of the lesson in Formgrader's table, and read that it went well."""
    page.get_by_role("row").filter(has_text=LESSON).locator(f".{step} a").click()
    done = page.get_by_role("dialog").filter(visible=True)
    expect(done).to_contain_text("Success", timeout=LONG)
    expect(done).to_have_css("opacity", "1")  # it has faded in
    screenshot(page, f"hub-{step}")
    done.get_by_role("button", name="OK").click()
    expect(done).to_have_count(0)
