"""2013 replayed: every flight in one week, every label on its day, the same each time."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from course import flights as data
from course.production import LabelsNotArrived, Production, is_golden


@pytest.fixture
def production() -> Production:
    return Production(label_delay=2)


def test_every_flight_from_april_on_is_in_exactly_one_week(production, flights):
    batches = pd.concat([production.features(week) for week in production.weeks])
    assert batches.index.equals(flights.index[flights["month"] >= 4])


@pytest.mark.parametrize(("week", "days"), [(1, 7), (2, 7), (31, 7), (38, 7), (39, 9)])
def test_a_week_runs_from_monday_to_sunday_and_the_last_to_new_year(
    production, flights, week, days
):
    start = production.start(week)
    assert start == date(2013, 4, 1) + timedelta(weeks=week - 1)
    assert start.weekday() == 0
    batch = flights.loc[production.features(week).index]
    departures = pd.to_datetime(batch[["year", "month", "day"]]).dt.date
    assert sorted(set(departures)) == [start + timedelta(days=n) for n in range(days)]


def test_features_and_labels_are_those_of_the_flights(production, flights, weather):
    batch = production.features(20)
    rows = flights.loc[batch.index]
    pd.testing.assert_frame_equal(batch, data.features(rows, weather))
    pd.testing.assert_series_equal(production.labels(20, now=22), data.labels(rows))


def test_cancelled_flights_are_in_the_batch_and_never_get_a_label(production, flights):
    batch = production.features(1)
    cancelled = flights.loc[batch.index, "dep_time"].isna()
    assert cancelled.sum() > 0
    assert production.labels(1, now=41)[cancelled].isna().all()


def test_labels_that_have_not_arrived_are_refused_with_their_week(production):
    with pytest.raises(LabelsNotArrived) as error:
        production.labels(12, now=13)
    assert str(error.value) == "The labels of week 12 arrive in week 14; it is week 13 now."
    assert isinstance(error.value, LookupError)
    assert len(production.labels(12, now=14)) == len(production.features(12))


def test_without_delay_labels_are_there_at_the_end_of_the_week():
    production = Production(label_delay=0)
    assert production.labels(5, now=5).notna().any()
    with pytest.raises(LabelsNotArrived):
        production.labels(5, now=4)
    assert production.arrived(now=5, since=5)[0].index.isin(production.features(5).index).all()


@pytest.mark.parametrize("label_delay", [0, 2, 6])
@pytest.mark.parametrize("now", [0, 1, 7, 39, 45])
def test_arrived_is_every_label_there_is_and_no_other(flights, label_delay, now):
    production = Production(label_delay)
    X, y = production.arrived(now)
    there = [flights.index[flights["month"] <= 3]]
    for week in production.weeks:
        try:
            there.append(production.labels(week, now=now).dropna().index)
        except LabelsNotArrived:
            continue
    known = data.labels(flights).dropna()
    expected = there[0].intersection(known.index).append(there[1:])
    assert X.index.equals(expected)
    pd.testing.assert_series_equal(y, known.loc[expected])


def test_history_is_january_to_march(production, flights):
    X, y = production.history()
    assert set(flights.loc[X.index, "month"]) == {1, 2, 3}
    assert X.index.equals(y.index)
    assert y.notna().all()


def test_a_window_reaches_back_into_the_history(production, flights):
    X, _ = production.arrived(now=4, since=-1)  # weeks -1 and 0 of the history, then 1 and 2
    window = flights.loc[X.index]
    departures = pd.to_datetime(window[["year", "month", "day"]])
    assert departures.min() == pd.Timestamp(2013, 3, 18)
    assert departures.max() == pd.Timestamp(2013, 4, 14)
    everything, _ = production.arrived(now=4)
    assert production.arrived(now=4, since=-12)[0].equals(everything)
    assert production.arrived(now=4, since=3)[0].empty


def test_a_replay_is_the_same_each_time_whatever_is_done_to_its_batches(production):
    X, y = production.features(3).copy(), production.labels(3, now=5).copy()
    batch, late = production.features(3), production.labels(3, now=5)
    batch["temp"] = 0.0
    batch.loc[batch.index[0], "distance"] = -1
    late.iloc[:] = 1.0
    known_X, known_y = production.arrived(now=5)
    known_X["temp"] = 0.0
    known_y.iloc[:] = 1.0
    pd.testing.assert_frame_equal(Production(label_delay=2).features(3), X)
    pd.testing.assert_series_equal(Production(label_delay=2).labels(3, now=5), y)
    assert production.arrived(now=5)[1].mean() < 1
    assert production.arrived(now=5)[0]["temp"].std() > 0


def test_the_files_are_read_once(production, monkeypatch):
    production.history()
    monkeypatch.setattr(data, "DATA", None)
    assert len(Production(label_delay=1).features(1)) > 0


@pytest.mark.parametrize("week", [0, 40, -1])
@pytest.mark.parametrize(
    "ask",
    [
        Production.start,
        Production.features,
        lambda production, week: production.labels(week, now=45),
    ],
)
def test_a_week_that_is_none_is_named(production, ask, week):
    with pytest.raises(ValueError, match=f"the weeks 1 to 39: there is no week {week}\\."):
        ask(production, week)


def test_before_the_eve_of_production_nothing_can_be_asked(production):
    with pytest.raises(ValueError, match="not week -1"):
        production.arrived(now=-1)


@pytest.mark.parametrize("label_delay", [-1, 1.5, 53, None, "2"])
def test_a_delay_that_is_none_is_named(label_delay):
    with pytest.raises(ValueError, match=f"0 to 52 weeks, not {label_delay!r}"):
        Production(label_delay)


def test_a_delay_may_be_a_numpy_integer():
    assert Production(np.int64(1)) == Production(1)


@pytest.mark.parametrize("label_delay", [0, 2, 52])
def test_the_truth_is_there_for_judging_however_late_the_labels_are(label_delay, flights):
    production = Production(label_delay)
    for week in (1, 39):
        rows = flights.loc[production.features(week).index]
        pd.testing.assert_series_equal(production.truth(week), data.labels(rows))
    with pytest.raises(ValueError, match="there is no week 40"):
        production.truth(40)


def test_one_flight_in_ten_of_any_week_is_golden(production):
    for week in production.weeks:
        index = production.features(week).index
        assert index[is_golden(index)].to_list() == [number for number in index if not number % 10]
        assert is_golden(index).mean() == pytest.approx(0.1, abs=0.001)
