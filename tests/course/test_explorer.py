"""The shell of the widgets, driven from Python and through the messages that a page sends."""

import re
import time
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import comm
import pytest
import traitlets
from comm.base_comm import BaseComm
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from course.widgets.explorer import Explorer, button, choice, slider
from course.widgets.svg import DARK_PAPER, contrast, dark_counterpart, figure_svg

WEEKDAYS = ["Mon", "Tue", "Wed"]


class Toy(Explorer):
    """Two panels and a control of each kind; week 5 cannot be drawn."""

    week = slider(3, 1, 9, label="Week", show=lambda week: f"week {week}")
    share = slider(0.25, 0, 1, step=0.05, label="Share")
    rows = slider(1000, 1000, 9000, step=1000, label="Sample", unit="rows")
    airport = choice("JFK", {"JFK": "Kennedy", "LGA": "La Guardia"}, label="Airport")
    day = choice("Mon", WEEKDAYS, label="Day")
    draws = 0

    def draw(self) -> Figure:
        self.draws += 1
        figure = Figure(figsize=(8, 3))
        left, right = figure.subplots(1, 2)
        left.plot([0, self.week], "o-", color="#1f77b4", clip_on=True)
        right.bar([1, 2], [self.share, 1 / (5 - self.week)], color="#c4570e", hatch="/")
        return figure

    def describe(self) -> str:
        return f"Week {self.week} at {self.airport} <{self.share:.0%}>."


class Board(Toy):
    def draw(self) -> str:  # type: ignore[override]
        return f"<table><tr><td>{self.week}</td></tr></table>"


class Counter(Explorer):
    """A button that works up to 2, and a slider that can be made longer."""

    level = slider(1, 1, 3, label="Level")
    count = 0

    @button("Count <on>")
    def press(self) -> int:
        if self.count == 2:
            raise ValueError("two is enough\nfor anyone")
        self.count += 1
        return self.count

    def draw(self) -> str:  # type: ignore[override]
        return f"<p>{self.count}</p>"

    def describe(self) -> str:
        return f"Pressed {self.count} times at level {self.level}."


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What widgets send to their page from now on."""
    messages: list[dict[str, Any]] = []

    class Recorder(BaseComm):
        def publish_msg(self, msg_type: str, data: Any = None, **rest: Any) -> None:
            messages.append(data)

    monkeypatch.setattr(comm, "create_comm", Recorder)
    return messages


def receive(widget: Explorer, **state: Any) -> None:
    """Let a widget take what its page would send after a control was moved."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    widget._handle_msg({"content": {"data": data}, "buffers": []})


def shown(widget: Explorer) -> dict[str, str]:
    widget._repr_mimebundle_()
    return widget._shown


def test_controls_are_declared_to_the_page_in_order_and_with_texts() -> None:
    controls = Toy()._controls
    assert [control["name"] for control in controls] == ["week", "share", "rows", "airport", "day"]
    texts = {control["name"]: control["texts"] for control in controls}
    assert texts["week"][:2] == ["week 1", "week 2"]
    assert texts["share"][:4] == ["0.00", "0.05", "0.10", "0.15"]
    assert texts["rows"][:2] == ["1,000 rows", "2,000 rows"]
    assert texts["airport"] == ["Kennedy", "La Guardia"]
    assert texts["day"] == WEEKDAYS


def test_driven_from_python() -> None:
    toy = Toy(airport="LGA")
    toy.week = 4
    toy.share = 3 * 0.05  # 0.15000000000000002
    assert toy.share == 0.15
    assert toy.describe() == "Week 4 at LGA <15%>."
    assert toy.draws == 0  # there is no page yet


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("week", 10, "week cannot be 10: it goes from 1 to 9 in steps of 1."),
        ("week", "4", "week cannot be '4': it goes from 1 to 9 in steps of 1."),
        ("week", 1.5, "week cannot be 1.5: it goes from 1 to 9 in steps of 1."),
        ("week", None, "week cannot be None: it goes from 1 to 9 in steps of 1."),
        ("week", [4], "week cannot be [4]: it goes from 1 to 9 in steps of 1."),
        ("share", 0.33, "share cannot be 0.33: it goes from 0 to 1 in steps of 0.05."),
        ("airport", "EWR", "airport cannot be 'EWR': it is one of 'JFK', 'LGA'."),
        ("airport", "Kennedy", "airport cannot be 'Kennedy': it is one of 'JFK', 'LGA'."),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence(name: str, value: Any, message: str) -> None:
    toy = Toy()
    before = getattr(toy, name)
    with pytest.raises(traitlets.TraitError) as error:
        setattr(toy, name, value)
    assert str(error.value) == message
    assert getattr(toy, name) == before


@pytest.mark.parametrize(
    "declare",
    [
        lambda: slider(0, 1, 9, label="Week"),
        lambda: slider(0.33, 0, 1, step=0.05, label="Share"),
        lambda: choice("EWR", ["JFK", "LGA"], label="Airport"),
    ],
)
def test_a_default_must_be_a_position(declare: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r"^The default cannot be .*: it (goes|is) .*\.$"):
        declare()


def test_a_page_that_moves_a_control_gets_figure_and_sentence(sent: list[dict[str, Any]]) -> None:
    toy = Toy()
    toy._repr_mimebundle_()
    sent.clear()
    receive(toy, week=7)
    updates = [message["state"] for message in sent if message["method"] == "update"]
    assert [list(state) for state in updates] == [["_shown"]]  # one message, whole
    assert updates[0]["_shown"]["sentence"] == "Week 7 at JFK <25%>."
    assert updates[0]["_shown"]["figure"].startswith("<svg")


@pytest.mark.parametrize("nonsense", [10, "4", None, [4], {"a": 1}, float("nan")])
def test_nonsense_from_a_page_is_answered_with_the_truth(
    sent: list[dict[str, Any]], nonsense: Any
) -> None:
    toy = Toy()
    toy._repr_mimebundle_()
    sent.clear()
    receive(toy, week=nonsense, airport="LGA")
    assert (toy.week, toy.airport) == (3, "LGA")
    assert {"week": 3} in [message["state"] for message in sent]
    receive(toy, week=4)
    assert shown(toy)["sentence"] == "Week 4 at LGA <25%>."


def test_an_error_is_shown_and_the_next_change_recovers() -> None:
    toy = Toy()
    toy._repr_mimebundle_()
    receive(toy, week=5)
    assert toy._shown == {
        "figure": "",
        "sentence": "This could not be drawn (ZeroDivisionError: division by zero). "
        "Move a control to go on.",
    }
    receive(toy, week=6)
    assert toy._shown["sentence"] == "Week 6 at JFK <25%>."
    assert toy._shown["figure"].startswith("<svg")


def test_an_error_at_first_sight_is_shown_too() -> None:
    data, _ = Toy(week=5)._repr_mimebundle_()
    assert data["text/plain"].startswith("This could not be drawn (ZeroDivisionError")
    assert "This could not be drawn" in data["text/html"]


def test_an_error_driven_from_python_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        Toy(week=5).draw()


def test_static_form() -> None:
    data, _ = Toy()._repr_mimebundle_()
    assert data["text/plain"] == "Week 3 at JFK <25%>."
    html = data["text/html"]
    assert html.count("Week 3 at JFK &lt;25%&gt;.") == 2  # to be read, and as the alternative
    assert "Run this notebook to move the controls." in html
    assert "<script" not in html
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"]

    source = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', html)
    assert source
    image = b64decode(source[1]).decode()
    ElementTree.fromstring(image)  # noqa: S314 - our own, and well-formed, as an image has to be
    assert "fill: #ffffff" in image  # on white, whatever the page
    assert not re.search(r"var\(|light-dark|currentColor", image)


def test_html_is_shown_as_it_is() -> None:
    board = Board(week=2)
    assert shown(board)["figure"] == "<table><tr><td>2</td></tr></table>"
    assert "<table><tr><td>2</td></tr></table>" in board._repr_mimebundle_()[0]["text/html"]


def press(widget: Explorer, name: Any) -> None:
    """Let a widget take what its page would send after a button was pressed."""
    data = {"method": "custom", "content": {"press": name}}
    widget._handle_msg({"content": {"data": data}, "buffers": []})


def test_a_button_is_declared_after_what_stands_before_it_and_is_a_method() -> None:
    counter = Counter()
    assert counter._controls[1:] == [
        {"name": "press", "kind": "button", "label": "Count <on>", "saves": False}
    ]
    assert counter.press() == 1
    assert counter.describe() == "Pressed 1 times at level 1."


def test_a_pressed_button_leads_to_a_new_figure(sent: list[dict[str, Any]]) -> None:
    counter = Counter()
    counter._repr_mimebundle_()
    sent.clear()
    press(counter, "press")
    updates = [message["state"] for message in sent if message["method"] == "update"]
    expected = {"figure": "<p>1</p>", "sentence": "Pressed 1 times at level 1."}
    assert updates == [{"_shown": expected}]
    counter.press()
    assert counter._shown["figure"] == "<p>2</p>"


def test_a_button_that_refuses_says_why_in_the_page_and_raises_in_python() -> None:
    counter = Counter()
    counter._repr_mimebundle_()
    for _ in range(3):
        press(counter, "press")
    assert counter._shown == {
        "figure": "<p>2</p>",
        "sentence": "That was not done (ValueError: two is enough).",
    }
    with pytest.raises(ValueError, match="two is enough"):
        counter.press()
    counter.level = 2
    assert counter._shown["sentence"] == "Pressed 2 times at level 2."


@pytest.mark.parametrize("nonsense", ["draw", "close", "level", None, 7, ["press"], {}])
def test_what_is_no_button_cannot_be_pressed(nonsense: Any) -> None:
    counter = Counter()
    counter._repr_mimebundle_()
    before = counter._shown
    press(counter, nonsense)
    assert (counter.count, counter._shown) == (0, before)


def test_a_control_gives_way_to_a_longer_one(sent: list[dict[str, Any]]) -> None:
    counter, other = Counter(level=3), Counter()
    counter._repr_mimebundle_()
    sent.clear()
    counter.offer("level", slider(1, 1, 5, label="Level"))
    assert counter.level == 3
    (controls,) = [m["state"]["_controls"] for m in sent if "_controls" in m.get("state", {})]
    assert [control["name"] for control in controls] == ["level", "press"]
    assert controls[0]["positions"] == [1, 2, 3, 4, 5]
    receive(counter, level=5)
    assert counter._shown["sentence"] == "Pressed 0 times at level 5."
    counter.offer("level", slider(1, 1, 2, label="Level"))
    assert counter.level == 1  # what it stood at is gone
    with pytest.raises(traitlets.TraitError):
        other.level = 4


def test_equal_figures_give_equal_svg_without_a_date() -> None:
    first, again = figure_svg(Toy().draw()), figure_svg(Toy().draw())
    assert first == again
    assert not re.search(r"<metadata|\d{4}-\d\d-\d\d", first)


def test_a_figure_of_pyplot_is_closed() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    figure_svg(figure)
    assert plt.get_fignums() == []


def test_two_on_one_page_share_no_id_and_no_style() -> None:
    figures = [shown(Toy())["figure"] for _ in range(2)]
    ids = [set(re.findall(r'\bid="([^"]*)"', figure)) for figure in figures]
    assert ids[0]
    assert not ids[0] & ids[1]
    for figure, own in zip(figures, ids, strict=True):
        used = re.findall(r'url\(#([^)]*)\)|href="#([^"]*)"', figure)
        assert used
        assert {a or b for a, b in used} <= own
        assert "<style" not in figure


def test_a_page_gets_the_colors_of_its_theme() -> None:
    figure = shown(Toy())["figure"]
    assert "fill: var(--explorer-paper)" in figure
    assert "stroke: currentColor" in figure
    assert f"light-dark(#1f77b4, {dark_counterpart('#1f77b4')})" in figure
    left = re.sub(r"light-dark\([^)]*\)", "", figure)
    assert not re.search(r"#[0-9a-f]{6}\b", left)


@pytest.mark.parametrize(
    "color", ["#1f77b4", "#c4570e", "#767676", "#0000ff", "#eeeeee", "#7f00ff"]
)
def test_a_color_keeps_its_contrast_in_the_dark(color: str) -> None:
    dark = contrast(dark_counterpart(color), DARK_PAPER)
    assert dark == pytest.approx(contrast(color, "#ffffff"), rel=0.03)


def test_how_long_a_step_takes() -> None:
    toy = Toy()
    toy._repr_mimebundle_()
    start = time.process_time()
    for week in (1, 2, 3, 4, 6, 7, 8, 9):
        receive(toy, week=week)
    print(f"\na step with two panels: {(time.process_time() - start) / 8 * 1000:.0f} ms of CPU")
