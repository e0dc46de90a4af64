"""Lessons as a learner meets them: opened in JupyterLab, run to the widget, moved by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.jupyter import (
    PATIENCE,
    Server,
    look_in_both_themes,
    move,
    open_lesson,
    redraw_times,
    start_cell,
)

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


def test_lesson_05(page: Page, jupyter: Server) -> None:
    widget = open_lesson(page, jupyter, "05-ci-cd/ci-cd.ipynb", "PipelineBoard")
    said, log = widget.get_by_role("status"), widget.get_by_role("combobox", name="Log of")
    expect(said).to_have_text("Nothing has been pushed yet.")
    start_cell(page, '"Let the model see the wind and the rain"')
    expect(said).to_contain_text("Push 1 is running")
    expect(said).to_contain_text("passed all 7 stages", timeout=PATIENCE * 1000)
    start_cell(page, '"Simplify the clock"')
    expect(said).to_contain_text("Push 2 was stopped by test", timeout=PATIENCE * 1000)
    expect(widget).to_contain_text("assert [0, 600, 900] == [0, 360, 540]")
    log.select_option("lint")
    expect(widget).to_contain_text("ruff check")
    widget.get_by_role("combobox", name="Push").select_option("1")
    expect(said).to_contain_text("is deployed")
    look_in_both_themes(page, widget, "lesson-05-widget")


def test_lesson_07(page: Page, jupyter: Server) -> None:
    path = "07-model-versioning/model-versioning.ipynb"
    widget = open_lesson(page, jupyter, path, "RegistryBoard")
    said, version = widget.get_by_role("status"), widget.get_by_role("slider", name="Version")
    expect(said).to_contain_text("Version 1 is champion. None was before")
    version.press("ArrowRight")
    expect(said).to_contain_text("better at EWR and JFK and worse at LGA")
    widget.get_by_role("button", name="Promote the version shown").press("Enter")
    expect(said).to_contain_text("Version 2 is champion. Before it came version 1")
    start_cell(page, "serving = client.get_model_version_by_alias")
    expect(page.get_by_text("version 2 serves")).to_be_visible()
    look_in_both_themes(page, widget, "lesson-07-widget")
    start_cell(page, 'client.set_registered_model_alias("flight-delays", "challenger", "3")')
    widget.get_by_role("button", name="Read the registry again").press("Space")
    expect(widget.get_by_role("row", name="3 challenger")).to_be_visible()
    widget.get_by_role("button", name="Roll back").press("Enter")
    expect(said).to_contain_text("Version 1 is champion. None was before")
    widget.get_by_role("button", name="Roll back").press("Enter")
    expect(said).to_contain_text("That was not done (ValueError: No version of flight-delays")


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
