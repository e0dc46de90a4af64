from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from course import production, replay
from course.flights import labels, load_flights
from course.model import make_model
from course.production import Production
from course.replay import MODELS, Replay, replay_year


@pytest.fixture(scope="module")
def year() -> Mapping[str, Replay]:
    return replay_year()


@pytest.fixture
def another_year() -> Iterator[None]:
    """Let production read the data anew, and once more afterwards."""
    caches = (production._year, production._labelled)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_the_honest_model_is_trained_on_winter_and_then_left_alone(
    year: Mapping[str, Replay],
) -> None:
    X, late = Production().history()
    model = make_model().fit(X, late)
    for week in (1, 17, 39):
        batch = Production().features(week)
        outcome = Production().labels(week, now=41).dropna()
        scores = pd.Series(model.predict_proba(batch)[:, 1], batch.index)[outcome.index]
        assert year["honest"].auc[week - 1] == pytest.approx(roc_auc_score(outcome, scores))
        bill = 0
        for was_late, score in zip(outcome, scores, strict=True):
            if was_late and score < 0.2:
                bill += 60
            if not was_late and score >= 0.2:
                bill += 20
        assert year["honest"].cost(0.2, false_alarm=20, miss=60)[week - 1] == bill


def test_the_leaky_model_shines_in_the_notebook_only(year: Mapping[str, Replay]) -> None:
    assert year["leaky"].notebook_auc > 0.9
    assert year["leaky"].auc.max() < year["honest"].auc.max()


def test_the_retrained_model_never_sees_a_label_before_it_arrives(
    year: Mapping[str, Replay], another_year: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outcomes turned upside down from week 11 on arrive from week 13 on: used in week 17 first."""
    flights = load_flights()
    truth = labels(flights)
    days = pd.to_datetime(flights[["year", "month", "day"]])
    since = days >= pd.Timestamp(Production().start(11))
    monkeypatch.setattr("course.flights.labels", lambda _: truth.where(~since, 1 - truth))
    other = replay.replay_year.__wrapped__()["retrained"].expected
    np.testing.assert_allclose(other[:16], year["retrained"].expected[:16])
    assert abs(other[16:20] - year["retrained"].expected[16:20]).min() > 0.05


@pytest.mark.parametrize("model", MODELS)
def test_mistakes_are_counted_at_every_threshold(year: Mapping[str, Replay], model: str) -> None:
    told = year[model]
    assert (told.missed[:, 0] == 0).all(), "at 0 % every flight is warned of"
    assert (told.false_alarms[:, 0] == told.punctual).all()
    assert (told.missed[:, 100] == told.late).all(), "no flight is certain to be late"
    assert (np.diff(told.missed) >= 0).all() and (np.diff(told.false_alarms) <= 0).all()
    assert (told.late + told.punctual).sum() > 240_000
