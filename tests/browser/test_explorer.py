"""The shell of the widgets, wherever a learner may meet one: seen, moved by keyboard, read out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.jupyter import (
    ROOT,
    Server,
    assert_accessible,
    explorer,
    move,
    only_ours,
    open_in_lab,
    open_in_notebook,
    open_in_voila,
    redraw_times,
    run_to,
    screenshot,
    set_theme,
    wait_for_kernel,
)

TOY = """\
import numpy as np
from matplotlib.figure import Figure
from course.widgets.explorer import Explorer, choice, slider

class Interest(Explorer):
    years = slider(10, 0, 40, label="Time", unit="years")
    rate = slider(0.03, 0.0, 0.1, step=0.005, label="Interest", show=lambda rate: f"{rate:.1%}")
    paid = choice("kept", {"kept": "kept in the account", "spent": "spent"}, label="Interest is")

    def draw(self):
        figure = Figure(figsize=(8, 3.2))
        left, right = figure.subplots(1, 2)
        figure.subplots_adjust(left=0.09, right=0.98, bottom=0.17, top=0.88, wspace=0.3)
        years = np.arange(self.years + 1)
        left.plot(years, self.capital(years), "o-", color="#1f77b4", markersize=4)
        left.set(title="The account grows", xlabel="Years", ylabel="Euros", xlim=(0, 40))
        right.bar(years, self.capital(years) * self.rate, color="#b8500c", hatch="//")
        right.set(title="Interest in each year", xlabel="Years", ylabel="Euros", xlim=(-1, 41))
        return figure

    def capital(self, years):
        return 1000 * (1 + self.rate) ** years if self.paid == "kept" else 1000 + 0 * years

    def describe(self):
        return (
            f"After {self.years} years at {self.rate:.1%} the account holds "
            f"{self.capital(self.years):,.0f} euros, because the interest is {self.paid}."
        )
"""


@pytest.fixture(scope="module")
def toy(jupyter: Server) -> str:
    cells = [nbformat.v4.new_code_cell(source) for source in (TOY, "Interest()", "Interest()")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, jupyter.root / "toy.ipynb")
    return "toy.ipynb"


@pytest.mark.parametrize("application", ["lab", "notebook"])
def test_moved_by_keyboard_in_both_themes(
    page: Page, complaints: list[str], jupyter: Server, toy: str, application: str
) -> None:
    if application == "lab":
        open_in_lab(page, jupyter, toy)
    else:
        open_in_notebook(page, jupyter, toy)
    run_to(page, "Interest()")
    widget = explorer(page)
    sentence = widget.get_by_role("status")

    move(widget, "Time", "ArrowRight")
    expect(sentence).to_contain_text("After 11 years")
    move(widget, "Time", "Home")
    expect(sentence).to_contain_text("After 0 years")
    move(widget, "Time", "End")
    expect(widget.get_by_role("slider", name="Time")).to_have_attribute(
        "aria-valuetext", "40 years"
    )
    widget.get_by_role("combobox", name="Interest is").select_option("spent")
    expect(sentence).to_contain_text("the account holds 1,000 euros")
    expect(widget.get_by_role("img")).to_have_accessible_name(sentence.inner_text())

    for theme in "light", "dark":
        set_theme(page, f"JupyterLab {theme.title()}")
        assert_accessible(page)
        screenshot(widget, f"explorer-{application}-{theme}")
    if application == "notebook":
        only_ours(complaints)  # it throws at start, about a plugin without a schema


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_moved_by_keyboard_in_voila(
    page: Page, complaints: list[str], jupyter: Server, toy: str, theme: str
) -> None:
    open_in_voila(page, jupyter, toy, theme)
    widget = explorer(page)
    move(widget, "Time", "ArrowRight")
    expect(widget.get_by_role("status")).to_contain_text("After 11 years")
    assert_accessible(page)
    screenshot(widget, f"explorer-voila-{theme}")
    only_ours(complaints)  # Voilà takes icons and MathJax from a CDN


def test_keys_for_a_control_do_not_reach_the_notebook(
    page: Page, jupyter: Server, toy: str
) -> None:
    open_in_lab(page, jupyter, toy)
    run_to(page, "Interest()")
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    explorer(page).get_by_role("slider", name="Time").press("ArrowDown")
    expect(explorer(page).get_by_role("status")).to_contain_text("After 9 years")
    for key in "b", "a", "x", "d", "d":  # in JupyterLab: insert, insert, cut, delete
        explorer(page).get_by_role("combobox", name="Interest is").press(key)
    move(explorer(page), "Time", "ArrowUp")
    assert cells.count() == before


def test_a_narrow_page(page: Page, complaints: list[str], jupyter: Server, toy: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    open_in_voila(page, jupyter, toy)
    widget = explorer(page)
    assert widget.evaluate("widget => widget.scrollWidth <= widget.clientWidth")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # the figure comes first, and scrolls
    page.wait_for_function("() => document.querySelector('.explorer-figure').scrollLeft > 0")
    assert_accessible(page)
    screenshot(page, "explorer-narrow")
    only_ours(complaints)  # as above


def test_only_the_latest_value_is_computed(page: Page, jupyter: Server, toy: str) -> None:
    open_in_lab(page, jupyter, toy)
    run_to(page, "Interest()")
    drawn = explorer(page).evaluate(
        """async widget => {
            const slider = widget.querySelector("input");
            const sentence = widget.querySelector("[role=status]");
            const drawn = [];
            new MutationObserver(() => drawn.push(sentence.textContent)).observe(
                sentence, {childList: true});
            for (slider.value = 0; slider.value < 40; slider.stepUp()) {
                slider.dispatchEvent(new Event("input", {bubbles: true}));
            }
            while (!drawn.at(-1)?.includes("After 39 years")) {
                await new Promise(requestAnimationFrame);
            }
            return drawn;
        }"""
    )
    assert len(drawn) == 2  # the first, at once, and the last
    assert "After 0 years" in drawn[0]


def test_a_kernel_that_is_gone_is_announced(
    page: Page, complaints: list[str], jupyter: Server, toy: str
) -> None:
    open_in_lab(page, jupyter, toy)
    run_to(page, "Interest()")
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(explorer(page).get_by_role("status")).to_contain_text("run this cell again")
    expect(explorer(page).get_by_role("slider", name="Time")).to_be_disabled()
    only_ours(complaints)  # JupyterLab's debugger complains of the restart


def test_a_page_that_is_loaded_again(page: Page, jupyter: Server, toy: str) -> None:
    shutil.copy(jupyter.root / toy, jupyter.root / "again.ipynb")
    open_in_lab(page, jupyter, "again.ipynb")
    run_to(page, "Interest()")
    move(explorer(page), "Time", "ArrowRight")
    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    wait_for_kernel(page)
    expect(explorer(page).get_by_role("status")).to_contain_text("After 11 years")
    move(explorer(page), "Time", "ArrowRight")
    expect(explorer(page).get_by_role("status")).to_contain_text("After 12 years")


@pytest.fixture(scope="module")
def run_elsewhere(jupyter: Server, toy: str) -> str:
    """The notebook as someone else ran and saved it."""
    convert = [sys.executable, "-m", "nbconvert", "--execute", "--to", "notebook"]
    convert += ["--ExecutePreprocessor.store_widget_state=False", "--output", "run-elsewhere"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(
        [*convert, toy], cwd=jupyter.root, env=environment, check=True, capture_output=True
    )
    return "run-elsewhere.ipynb"


def test_static_form_in_a_notebook_run_elsewhere(
    page: Page, jupyter: Server, run_elsewhere: str
) -> None:
    open_in_lab(page, jupyter, run_elsewhere)
    set_theme(page, "JupyterLab Dark")
    output = page.locator(".jp-OutputArea-output").first
    expect(output).to_contain_text("After 10 years")
    expect(output).to_contain_text("Run this notebook to move the controls.")
    assert output.get_by_role("img").evaluate("image => image.decode().then(() => image.width)")
    screenshot(output, "explorer-static-lab")


def test_static_form_as_html(
    page: Page, complaints: list[str], jupyter: Server, run_elsewhere: str
) -> None:
    convert = [sys.executable, "-m", "nbconvert", "--to", "html", run_elsewhere]
    subprocess.run(convert, cwd=jupyter.root, check=True, capture_output=True)
    page.route("http*://**", lambda route: route.abort())
    page.goto((jupyter.root / "run-elsewhere.html").as_uri())
    figure = page.locator("figure").first
    expect(figure).to_contain_text("After 10 years")
    assert figure.get_by_role("img").evaluate("image => image.decode().then(() => image.width)")
    screenshot(figure, "explorer-static-html")
    only_ours(complaints)  # nbconvert's page takes scripts from a CDN


def test_how_long_a_key_takes_to_a_new_figure(
    page: Page, jupyter: Server, toy: str, record_property: Callable[[str, object], None]
) -> None:
    open_in_lab(page, jupyter, toy)
    run_to(page, "Interest()")
    took = redraw_times(page, explorer(page), "Time", "ArrowRight")
    record_property("measured", f"a small widget, {took}")
