"""Lessons as a learner meets them: opened in JupyterLab, run to the widget, moved by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.jupyter import Server, look_in_both_themes, move, open_lesson, redraw_times

Record = Callable[[str, object], None]


def test_lesson_01(page: Page, jupyter: Server, record_property: Record) -> None:
    widget = open_lesson(page, jupyter, "01-what-is-mlops/what-is-mlops.ipynb", "YearInProduction")
    week = widget.get_by_role("slider", name="Week")
    expect(week).to_be_visible()
    before = week.input_value()
    move(widget, "Week", "ArrowRight")
    assert week.input_value() != before
    move(widget, "Week", "End")
    move(widget, "Week", "Home")
    move(widget, "Model", "ArrowDown")
    expect(widget.get_by_role("status")).to_contain_text("The honest model")
    look_in_both_themes(page, widget, "lesson-01-widget")
    took = redraw_times(page, widget, "Week", "ArrowRight")
    record_property("measured", f"lesson 01, {took}")


def test_lesson_09(page: Page, jupyter: Server, record_property: Record) -> None:
    widget = open_lesson(page, jupyter, "09-monitoring/monitoring.ipynb", "DriftLab")
    batch, said = widget.get_by_role("combobox", name="Batch"), widget.get_by_role("status")
    expect(batch).to_be_visible()
    batch.select_option("concept")
    expect(said).to_contain_text("A week of another concept: harm")
    batch.select_option("unused feature")
    expect(said).to_contain_text("an alarm without harm")
    move(widget, "Features tested", "ArrowRight")
    move(widget, "The feed adds to it", "ArrowRight")
    look_in_both_themes(page, widget, "lesson-09-widget")
    took = redraw_times(page, widget, "Features tested", "ArrowRight")
    record_property("measured", f"lesson 09, {took}")


def test_lesson_10(page: Page, jupyter: Server, record_property: Record) -> None:
    path = "10-drift-triggered-retraining/drift-triggered-retraining.ipynb"
    widget = open_lesson(page, jupyter, path, "TimeMachine")
    week = widget.get_by_role("slider", name="Week")
    expect(week).to_be_visible()
    move(widget, "Week", "ArrowLeft")
    assert week.input_value() == "38"
    widget.get_by_role("combobox", name="Incident").select_option("poisoned labels")
    expect(widget.get_by_role("status")).to_contain_text("poisoned labels in October")
    move(widget, "Cost of a training", "ArrowRight")
    look_in_both_themes(page, widget, "lesson-10-widget")
    took = redraw_times(page, widget, "Week", "ArrowLeft")
    record_property("measured", f"lesson 10, {took}")
