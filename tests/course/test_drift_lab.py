import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from sklearn.metrics import roc_auc_score
from traitlets import TraitError

from course import drift
from course.flights import features, labels, load_flights, load_weather
from course.model import make_model
from course.scenes import MONTHS, quality, scenes
from course.widgets.drift_lab import BATCHES, FEATURES, DriftLab


@pytest.mark.parametrize(
    ("settings", "verdict"),
    [
        ({"batch": "stable"}, "all quiet"),
        ({"batch": "unused feature"}, "an alarm without harm"),
        ({"batch": "unit bug"}, "an alarm, and harm"),
        ({"batch": "concept"}, "harm without an alarm"),
        (
            {"batch": "stable", "feature": "fare", "shift": 0.02, "rows": "200000"},
            "significant, and",
        ),
        ({"batch": "stable", "feature": "fare", "shift": 0.02}, "all quiet"),
        ({"batch": "stable", "feature": "load", "shift": 2}, "an alarm, and harm"),
        ({"batch": "stable", "feature": "fare", "shift": 2}, "an alarm without harm"),
        ({"batch": "September"}, "an alarm, and harm"),
        (
            {"batch": "December", "feature": "distance", "rows": "20000"},
            "harm, and hardly an alarm",
        ),
        ({"batch": "September", "feature": "time_of_day", "rows": "200", "tests": 8}, "is silent"),
        ({"batch": "stable", "tests": 40}, "false alarms only"),
        ({"batch": "concept", "tests": 40}, "harm, and only false alarms"),
    ],
)
def test_the_sentence_says_which_case_it_is(settings: dict[str, object], verdict: str) -> None:
    said = DriftLab(**{"tests": 1} | settings).describe()
    assert verdict in said.split(".")[0]


@pytest.mark.parametrize("batch", BATCHES)
def test_its_numbers_are_those_of_course_drift(batch: str) -> None:
    lab = DriftLab(batch=batch, shift=0.1, rows="1000", correction="benjamini-hochberg")
    scene = scenes()[batch]
    lab.tests = len(scene.features)
    moved = scene.moved_most
    reference, current = scene.reference.rows[:1000], scene.batch.rows[:1000].copy()
    current[moved] += 0.1 * scene.reference.rows[moved].std()
    table = drift.compare(reference, current, lab.correction)
    row, alarms = table.loc[moved], (table["p_value"] < 0.05).sum()

    said, panel = lab.describe(), " ".join(text.get_text() for text in lab.draw().axes[1].texts)

    def number(pattern: str, text: str) -> float:
        return float(re.search(pattern, text)[1])

    assert number(r"PSI ([\d.]+\d)", said) == pytest.approx(row["psi"], abs=0.0051)
    assert number(r"KS ([\d.]+),", panel) == pytest.approx(row["statistic"], abs=0.0051)
    assert number(r"Wasserstein ([\d.]+) SD", panel) == pytest.approx(row["distance"], abs=0.0051)
    p_value = number(r"adjusted p [<=] ([\d.]+\d)", said)
    assert p_value == pytest.approx(max(row["p_value"], 0.001), abs=0.0021)
    assert f"{alarms} of {lab.tests} tests" in said
    assert f"Alarms: {alarms} of {lab.tests}" in panel


def test_the_quality_is_that_of_the_model_on_what_the_feed_sends() -> None:
    year = load_flights()
    X, late = features(year, load_weather()), labels(year)
    history, july = late.notna() & (year["month"] <= 3), late.notna() & (year["month"] == 7)
    model = make_model().fit(X[history], late[history])
    warmer = X[july].assign(temp=X["temp"][july] + 20)
    probability = model.predict_proba(warmer)[:, 1]
    found = quality(scenes()["July"], "temp", 20)
    assert found.auc == pytest.approx(roc_auc_score(late[july], probability))
    assert found.expected == pytest.approx(probability.mean())
    assert found.came == late[july].mean()
    assert found.brier == pytest.approx(((probability - late[july]) ** 2).mean())


def test_in_september_the_auc_is_the_worst_of_the_year_and_the_brier_score_the_best() -> None:
    year = {month: quality(scenes()[month], "temp", 0) for month in MONTHS}
    assert min(year, key=lambda month: year[month].auc) == "September"
    assert min(year, key=lambda month: year[month].brier) == "September"
    said = DriftLab(batch="September").describe()
    assert "ranks worse" in said
    assert "Brier score is better (0.117, was 0.162) only because fewer" in said


def test_in_december_the_ranking_holds_and_the_level_does_not() -> None:
    said = DriftLab(batch="December").describe()
    assert "ranks as well as before (AUC 0.69, was 0.70) but" in said
    assert "expects too few late flights (23%; 34% came)" in said


def test_a_correction_silences_false_alarms_and_no_real_one() -> None:
    lab = DriftLab(batch="unused feature", tests=40)
    assert re.search(r"Uncorrected, \d+ of 40 tests alarm, [2-9] falsely", lab.describe())
    for correction in ("bonferroni", "benjamini-hochberg"):
        lab.correction = correction
        assert "1 of 40 tests alarms." in lab.describe()


def test_a_month_has_no_200_000_rows_and_the_sentence_says_so() -> None:
    rows = (load_flights()["month"] == 9).sum()
    assert f"in all {rows:,} rows" in DriftLab(rows="200000").describe()


def test_two_hundred_rows_can_have_a_psi_above_the_threshold_by_luck() -> None:
    said = [
        DriftLab(batch="stable", feature=name, rows="200").describe()
        for name in ("load", "wind", "fare")
    ]
    assert any("above 0.1, but in 200 rows it may be luck" in each for each in said)


@pytest.mark.parametrize(("batch", "feature"), [("stable", "temp"), ("June", "fare")])
def test_a_feature_that_the_batch_does_not_have_gives_way_to_one_that_it_has(
    batch: str, feature: str
) -> None:
    lab = DriftLab(batch=batch, feature=feature)
    assert f"This batch has no {FEATURES[feature]}: here is the" in lab.describe()
    assert lab.draw().axes[0].get_xlabel() == DriftLab(batch=batch).draw().axes[0].get_xlabel()


def test_moving_a_control_changes_the_sentence() -> None:
    lab = DriftLab()
    said = {lab.describe()}
    moves = {
        "batch": "December", "feature": "wind", "shift": 0.5, "rows": "200", "tests": 30,
        "correction": "bonferroni",
    }  # fmt: skip
    for name, value in moves.items():
        setattr(lab, name, value)
        said.add(lab.describe())
    assert len(said) == 1 + len(moves)


@pytest.mark.parametrize(
    ("name", "value"),
    [("batch", "March"), ("feature", "dest"), ("shift", 2.02), ("rows", "300"), ("tests", 41),
     ("correction", "holm")],
)  # fmt: skip
def test_a_value_that_is_not_there_is_refused(name: str, value: object) -> None:
    with pytest.raises(TraitError, match=f"{name} cannot be"):
        setattr(DriftLab(), name, value)


@pytest.mark.parametrize("batch", BATCHES)
@pytest.mark.parametrize(
    "settings",
    [
        {"rows": "200", "tests": 1},
        {"rows": "200000", "tests": 40, "shift": 2, "correction": "bonferroni"},
        {"feature": "visib", "shift": 0.02, "tests": 21},
    ],
)
def test_nothing_in_the_figure_overlaps_or_runs_over_its_edge(
    batch: str, settings: dict[str, object]
) -> None:
    figure = DriftLab(batch=batch, **settings).draw()
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    panels = [axes.get_tightbbox(renderer) for axes in figure.axes]
    for box in panels:
        assert box.x0 >= 0 and box.y0 >= 0, "a label runs over the left or lower edge"
        assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, "over the right or upper edge"
    for left, right in pairwise(panels):
        assert left.x1 < right.x0, "two panels overlap"
    for axes in figure.axes[1:]:
        texts = [text.get_window_extent(renderer) for text in axes.texts if text.get_text()]
        for i, text in enumerate(texts):
            assert not any(text.overlaps(other) for other in texts[:i]), "two texts overlap"
    _assert_legend_is_clear(figure.axes[0], renderer)


@pytest.mark.parametrize("shift", [0, 0.5])
def test_the_figure_shows_the_share_of_rows_in_each_bin(shift: float) -> None:
    figure = DriftLab(batch="stable", feature="load", shift=shift, rows="200").draw()
    X = [
        table.rows["load"][:200]
        for table in (scenes()["stable"].reference, scenes()["stable"].batch)
    ]
    X[1] = X[1] + shift * scenes()["stable"].reference.spread["load"]
    filled, *outlines = (patch.get_data() for patch in figure.axes[0].patches)
    for values, drawn in zip(X, outlines, strict=True):
        shares = np.histogram(values, drawn.edges)[0] / 200
        assert shares.sum() == 1
        np.testing.assert_allclose(drawn.values, shares)
    np.testing.assert_array_equal(filled.values, outlines[0].values)


def _assert_legend_is_clear(axes: Axes, renderer: object) -> None:
    highest = max(np.max(patch.get_data().values) for patch in axes.patches)
    names = [text.get_window_extent(renderer) for text in axes.texts]
    assert [text.get_text() for text in axes.texts] == ["—  reference", "- -  batch"]
    top = axes.transData.transform((0, highest))[1]
    assert all(top < name.y0 for name in names), "the legend hides a bar"
    assert names[0].x1 < names[1].x0, "two names overlap"
    assert names[1].x1 <= axes.bbox.x1, "the legend is wider than its panel"


def test_without_a_browser_there_is_the_figure_with_its_sentence() -> None:
    lab = DriftLab()
    bundle, _ = lab._repr_mimebundle_()
    assert lab.describe() in bundle["text/plain"]
    assert "<img" in bundle["text/html"] and "alt=" in bundle["text/html"]
