import re
from itertools import product

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from traitlets import TraitError

from course.replay import MODELS, replay_year
from course.widgets.year_in_production import YearInProduction


@pytest.fixture
def widget() -> YearInProduction:
    return YearInProduction(false_alarm=20, miss=60)


def test_moving_a_control_changes_the_sentence(widget: YearInProduction) -> None:
    said = {widget.describe()}
    for name, value in (("week", 20), ("model", "honest"), ("threshold", 10)):
        setattr(widget, name, value)
        said.add(widget.describe())
    assert len(said) == 4


@pytest.mark.parametrize("model", MODELS)
def test_the_sentence_tells_what_was_replayed(widget: YearInProduction, model: str) -> None:
    widget.model, widget.week, widget.threshold = model, 16, 30
    replay = replay_year()[model]
    cost = replay.cost(0.30, 20, 60)[:16].sum()
    saved = 60 * replay.late[:16].sum() - cost
    said = widget.describe()
    assert said.startswith("Week 16, from 15 July")
    assert f"AUC is {replay.auc[15]:.2f}" in said
    assert f"cost €{cost / 1e6:.2f} million so far" in said
    assert f"€{abs(saved) / 1e6:.2f} million {'less' if saved >= 0 else 'more'}" in said


def test_a_model_that_costs_more_than_silence_is_told_so(widget: YearInProduction) -> None:
    widget.model, widget.week, widget.threshold = "honest", 39, 0
    assert "more than no warnings" in widget.describe()
    assert "lost" in widget.draw().axes[1].get_title(loc="left")


def test_higher_prices_cost_more() -> None:
    cheap, dear = YearInProduction(20, 60), YearInProduction(40, 120)
    cost = [float(re.search(r"cost €([\d.]+)", widget.describe())[1]) for widget in (cheap, dear)]
    assert cost[1] == pytest.approx(2 * cost[0], abs=0.011)


@pytest.mark.parametrize(("name", "value"), [("week", 40), ("threshold", 101), ("model", "best")])
def test_a_value_that_is_not_there_is_refused(
    widget: YearInProduction, name: str, value: object
) -> None:
    with pytest.raises(TraitError, match=f"{name} cannot be"):
        setattr(widget, name, value)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("week", [1, 20, 39])
def test_the_figure_shows_the_weeks_so_far_and_nothing_runs_over_its_edge(
    widget: YearInProduction, model: str, week: int
) -> None:
    widget.model, widget.week = model, week
    figure = widget.draw()
    quality, money = figure.axes
    drawn = next(line for line in quality.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(drawn.get_ydata(), replay_year()[model].auc[:week])
    canvas = FigureCanvasAgg(figure)
    for axes in (quality, money):
        box = axes.get_tightbbox(canvas.get_renderer())
        assert box.x0 >= 0 and box.y0 >= 0, "a label runs over the left or lower edge"
        assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, "over the right or upper edge"
    left, right = (axes.get_tightbbox(canvas.get_renderer()) for axes in (quality, money))
    assert left.x1 < right.x0, "the two panels overlap"
    for axes in (quality, money):
        assert len(axes.texts) == len(axes.lines)  # each line is named
        for text, line in product(axes.texts, axes.lines):
            path = line.get_path().interpolated(20).transformed(line.get_transform())
            name = text.get_window_extent(canvas.get_renderer())
            assert not name.count_contains(path.vertices), "a line runs through a name"


def test_without_a_browser_there_is_the_figure_with_its_sentence(widget: YearInProduction) -> None:
    bundle, _ = widget._repr_mimebundle_()
    assert widget.describe() in bundle["text/plain"]
    assert "<img" in bundle["text/html"] and "alt=" in bundle["text/html"]
