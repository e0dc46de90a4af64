"""Lesson 01 as a learner meets it: opened in JupyterLab, run to its widget, moved by keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.jupyter import (
    Server,
    assert_accessible,
    explorer,
    move,
    open_in_lab,
    run_to,
    screenshot,
    set_theme,
)

LESSON = "01-what-is-mlops/what-is-mlops.ipynb"


def test_its_widget(page: Page, jupyter: Server) -> None:
    open_in_lab(page, jupyter, LESSON)
    set_theme(page, "JupyterLab Light")  # the theme is a setting, and outlives a page
    expect(page.locator(".jp-Notebook h1").first).to_be_visible()
    screenshot(page, "lesson-01-top")

    run_to(page, "YearInProduction(")
    widget = explorer(page)
    week = widget.get_by_role("slider", name="Week")
    expect(week).to_be_visible()
    before = week.input_value()
    move(widget, "Week", "ArrowRight")
    assert week.input_value() != before
    move(widget, "Week", "End")
    move(widget, "Model", "ArrowDown")
    expect(widget.get_by_role("status")).to_contain_text("The honest model")
    for theme in "light", "dark":
        set_theme(page, f"JupyterLab {theme.title()}")
        assert_accessible(page)
        screenshot(widget, f"lesson-01-widget-{theme}")
