"""The workbench is fast because it remembers: it must give what the plain way gives."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from course import drift
from course.incidents import Incident
from course.model import make_model
from course.production import Production, is_golden
from course.workbench import Traffic, Workbench
from course.worlds import World


def unchanged(table):
    return table


@dataclass(frozen=True)
class Tampered:
    """Traffic of which the labels are changed on their way, by a function of a series."""

    traffic: Traffic
    arriving: object = unchanged
    true: object = unchanged

    @property
    def weeks(self):
        return self.traffic.weeks

    @property
    def label_delay(self):
        return self.traffic.label_delay

    def features(self, week):
        return self.traffic.features(week)

    def truth(self, week):
        return self.true(self.traffic.truth(week))

    def arrived(self, now, since=None):
        X, y = self.traffic.arrived(now, since)
        return X, self.arriving(y)


def reverse(rows):
    """Return a change of labels: the wrong way round where `rows(index)` is true."""
    return lambda y: y.where(~rows(y.index), 1 - y)


WORLD = World("concept", 1)  # changes in week 8


@pytest.fixture(scope="module")
def world() -> Workbench:
    return Workbench(WORLD)


@pytest.fixture(scope="module")
def flightdesk() -> Workbench:
    return Workbench(Production(), thin=5)


def coefficients(bench, since, until) -> np.ndarray:
    return bench.train(since, until).pipeline[-1].coef_[0]


def plain_scores(model, X) -> np.ndarray:
    """What the pipeline gives a table as it comes from the feed."""
    return model.pipeline.predict_proba(X)[:, 1]


# Training


@pytest.mark.parametrize(("since", "until"), [(-7, 0), (-2, 3), (5, 9)])
def test_a_model_learns_from_the_labels_of_its_weeks_without_the_golden_flights(
    world, since, until
):
    X, y = WORLD.arrived(until + 2, since)
    X, y = X[~is_golden(X.index)], y[~is_golden(y.index)]
    encoder = make_model()[:-1].fit(WORLD.history()[0])
    classifier = make_model()[-1].fit(encoder.transform(X), y)
    np.testing.assert_allclose(coefficients(world, since, until), classifier.coef_[0], rtol=1e-6)
    model = world.train(since, until)
    np.testing.assert_allclose(
        plain_scores(model, X), classifier.predict_proba(encoder.transform(X))[:, 1], rtol=1e-6
    )


def test_labels_of_golden_flights_teach_nothing(world):
    liars = Workbench(Tampered(WORLD, reverse(is_golden)))
    assert coefficients(liars, 1, 5).tolist() == coefficients(world, 1, 5).tolist()


def test_labels_of_weeks_outside_the_window_teach_nothing(world):
    first, last = WORLD.features(2).index[0], WORLD.features(4).index[-1]
    outside = Workbench(Tampered(WORLD, reverse(lambda index: (index < first) | (index > last))))
    inside = Workbench(Tampered(WORLD, reverse(lambda index: index == last)))
    expected = coefficients(world, 2, 4).tolist()
    assert coefficients(outside, 2, 4).tolist() == expected
    assert coefficients(inside, 2, 4).tolist() != expected


def test_truth_that_nobody_knows_teaches_nothing_and_is_what_quality_is_measured_by(world):
    reversed_truth = Workbench(Tampered(WORLD, true=lambda y: 1 - y))
    assert coefficients(reversed_truth, 1, 5).tolist() == coefficients(world, 1, 5).tolist()
    model = world.train(1, 5)
    assert reversed_truth.auc(model, 7) == pytest.approx(1 - world.auc(model, 7))
    assert reversed_truth.golden_auc(model, 6) == world.golden_auc(model, 6)


def test_a_thin_workbench_takes_every_so_manieth_flight_of_each_week():
    thin = Workbench(WORLD, thin=4)
    kept = []
    for week in range(1, 6):
        X, y = WORLD.arrived(week + 2, week)
        rows = WORLD.features(week).index
        ordinary = rows[~is_golden(rows)][::4]
        kept.append((X.loc[ordinary], y.loc[ordinary]))
    X, y = (pd.concat(parts) for parts in zip(*kept, strict=True))
    encoder = make_model()[:-1].fit(WORLD.history()[0])
    expected = make_model()[-1].fit(encoder.transform(X), y).coef_[0]
    np.testing.assert_allclose(coefficients(thin, 1, 5), expected, rtol=1e-6)


def test_the_history_begins_where_the_traffic_says(world, flightdesk):
    assert (world.oldest, flightdesk.oldest) == (-7, -12)


@pytest.mark.parametrize("window", [(5, 4), (-40, -30)])
def test_an_empty_window_is_refused(world, window):
    with pytest.raises(ValueError, match=r"There is no label from week .* to learn from"):
        world.train(*window)


def test_a_window_of_one_class_is_refused():
    calm = Workbench(Tampered(WORLD, lambda y: y.where(y.index < WORLD.features(1).index[0], 0.0)))
    assert calm.train(-1, 1)
    with pytest.raises(ValueError, match="class"):
        calm.train(1, 3)


# Measuring


@pytest.mark.parametrize("week", [1, 20, 39])
def test_auc_is_that_of_the_whole_pipeline_on_the_raw_table_of_flightdesk(flightdesk, week):
    traffic = flightdesk.traffic
    for model in (flightdesk.train(-12, 0), flightdesk.train(4, 12)):
        scores = plain_scores(model, traffic.features(week))
        np.testing.assert_allclose(flightdesk.scores(model, week), scores, rtol=1e-9)
        late = traffic.truth(week)
        known = late.notna()  # cancelled flights never get a label
        assert not known.all()
        expected = roc_auc_score(late[known], scores[known])
        assert flightdesk.auc(model, week) == pytest.approx(expected)
        assert flightdesk.measured_auc(model, week) == pytest.approx(expected)


def test_auc_is_that_of_the_whole_pipeline_on_the_raw_table_of_a_world(world):
    for model, week in ((world.train(-7, 0), 5), (world.train(14, 18), 26)):
        expected = roc_auc_score(WORLD.truth(week), plain_scores(model, WORLD.features(week)))
        assert world.auc(model, week) == pytest.approx(expected)


def test_equal_scores_count_half():
    rounded = Workbench(World("stable", 1, rows=60))
    model = rounded.train(-7, 0)
    model.pipeline[-1].coef_[:] = 0  # a model that says the same of all
    assert rounded.auc(model, 3) == 0.5
    assert rounded.golden_auc(model, 3) == 0.5


@pytest.mark.parametrize("bench", ["world", "flightdesk"])
def test_in_its_canary_week_a_model_serves_one_flight_in_ten(bench, request):
    bench = request.getfixturevalue(bench)
    old, new, week = bench.train(bench.oldest, 0), bench.train(1, 9), 14
    X, late = bench.traffic.features(week), bench.traffic.truth(week)
    chosen = X.index % 10 == 1
    assert chosen.mean() == pytest.approx(0.1, abs=0.01)
    assert not (chosen & is_golden(X.index)).any()
    scores = np.where(chosen, plain_scores(new, X), plain_scores(old, X))
    expected = roc_auc_score(late[late.notna()], scores[late.notna()])
    assert bench.auc(old, week, canary=new) == pytest.approx(expected)
    assert bench.auc(old, week, canary=new) != bench.auc(old, week)


def test_measured_quality_believes_the_labels_that_arrived_and_the_true_one_does_not():
    traffic = World("poisoned", 1)
    bench, week = Workbench(traffic), traffic.change + 1
    model = bench.train(-7, 0)
    scores = plain_scores(model, traffic.features(week))
    arrived = roc_auc_score(traffic.labels(week, now=week + 2), scores)
    assert bench.measured_auc(model, week) == pytest.approx(arrived)
    assert bench.auc(model, week) == pytest.approx(roc_auc_score(traffic.truth(week), scores))
    assert bench.measured_auc(model, week) < 0.4 < 0.75 < bench.auc(model, week)


@pytest.mark.parametrize("until", [0, 2, 12])
def test_golden_quality_is_that_of_the_golden_flights_of_the_four_newest_weeks(world, until):
    X, y = WORLD.arrived(until + 2 if until else 0, since=until - 3)
    X, y = X[is_golden(X.index)], y[is_golden(y.index)]
    assert len(y) == 400
    model = world.train(-7, 0)
    expected = roc_auc_score(y, plain_scores(model, X))
    assert world.golden_auc(model, until) == pytest.approx(expected)
    assert world.golden_rate(until) == pytest.approx(y.mean())


def test_golden_quality_is_right_when_labels_are_poisoned():
    traffic = World("poisoned", 1)
    bench, until = Workbench(traffic), traffic.change + 4
    model = bench.train(-7, 0)
    assert bench.golden_auc(model, until) > 0.75
    assert bench.golden_auc(bench.train(traffic.change, until), until) < 0.35


def test_estimated_quality_is_that_of_the_models_probabilities(world):
    model = world.train(-7, 0)
    for week in (3, 20):
        scores = plain_scores(model, WORLD.features(week))
        expected = drift.estimated_auc(scores)
        assert world.estimated_auc(model, week) == pytest.approx(expected)


def test_psi_compares_a_week_with_the_weeks_that_the_model_learned_from(world):
    model = world.train(3, 6)
    reference = pd.concat([WORLD.features(week) for week in range(3, 7)])
    batch = WORLD.features(20)
    found = world.psi(model, 20)
    assert found.index.to_list() == ["load", "wind", "fare", "score"]
    for name in batch:
        assert found[name] == pytest.approx(drift.psi(reference[name], batch[name]))
    scores = drift.psi(plain_scores(model, reference), plain_scores(model, batch))
    assert found["score"] == pytest.approx(scores)


def test_psi_of_flightdesk_is_close_to_that_of_all_rows(flightdesk):
    # The reference is a sample of a thousand flights a week.
    model = flightdesk.train(-12, 0)
    history, batch = flightdesk.traffic.history()[0], flightdesk.traffic.features(24)
    found = flightdesk.psi(model, 24)
    assert found.index.to_list() == [*batch, "score"]
    for name in ("origin", "carrier", "distance", "temp", "wind_speed", "pressure"):
        expected = drift.psi(history[name], batch[name])
        assert found[name] == pytest.approx(expected, rel=0.1, abs=0.03), name


def test_models_of_the_same_weeks_are_equal(world):
    assert world.train(1, 5) == Workbench(WORLD).train(1, 5)
    assert world.train(1, 5) != world.train(1, 6)
    assert len({world.train(1, 5), world.train(1, 5), world.train(2, 5)}) == 2


# Traffic that differs in some weeks


@pytest.mark.parametrize(
    ("kind", "weeks"), [("unit bug", range(14, 19)), ("poisoned labels", range(27, 32))]
)
def test_an_amended_workbench_is_one_of_the_other_traffic(flightdesk, kind, weeks):
    traffic = Incident(flightdesk.traffic, kind)
    plain = Workbench(traffic, thin=5)
    windows = [(-12, 0), (2, 10), (weeks[0] - 8, weeks[0]), (weeks[-1], weeks[-1] + 5), (30, 36)]
    for window in windows:
        flightdesk.train(*window)  # what is known already must not be taken for what is asked
    amended = flightdesk.amended(traffic, weeks)
    for window in windows:
        assert coefficients(amended, *window).tolist() == coefficients(plain, *window).tolist()
        for week in (13, 14, 18, 19, 31):
            ours, theirs = amended.train(*window), plain.train(*window)
            assert amended.scores(ours, week).tolist() == plain.scores(theirs, week).tolist()
            assert amended.measured_auc(ours, week) == plain.measured_auc(theirs, week)
            assert amended.psi(ours, week).equals(plain.psi(theirs, week))
            assert amended.golden_auc(ours, week) == plain.golden_auc(theirs, week)
    assert amended.train(2, 10) is flightdesk.train(2, 10)  # not trained again
    assert flightdesk.train(*windows[2]) is not amended.train(*windows[2])
