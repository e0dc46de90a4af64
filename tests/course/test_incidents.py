"""An incident changes what it says, in its five weeks, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from course.incidents import POISON, UNIT_BUG, Incident
from course.production import LabelsNotArrived, Production, is_golden

WEEKS = range(1, 40)
PLAIN = Production()
BUG, POISONED, NONE = (Incident(PLAIN, kind) for kind in ("unit bug", "poisoned labels", "none"))


def celsius(fahrenheit: pd.Series) -> pd.Series:
    return (fahrenheit - 32) * 5 / 9


@pytest.mark.parametrize("incident", [BUG, POISONED, NONE], ids=lambda incident: incident.kind)
def test_outside_its_weeks_an_incident_is_production(incident):
    assert (incident.weeks, incident.label_delay) == (PLAIN.weeks, PLAIN.label_delay)
    for week in WEEKS:
        if incident is not BUG or week not in UNIT_BUG:
            assert incident.features(week).equals(PLAIN.features(week))
        if incident is not POISONED or week not in POISON:
            assert incident.labels(week, 41).equals(PLAIN.labels(week, 41))
        assert incident.truth(week).equals(PLAIN.truth(week))
    for mine, plain in zip(incident.history(), PLAIN.history(), strict=True):
        assert mine.equals(plain)


def test_in_july_temperatures_are_in_celsius_and_all_else_is_as_it_was():
    assert [PLAIN.start(UNIT_BUG[0]).isoformat(), len(UNIT_BUG)] == ["2013-07-01", 5]
    for week in UNIT_BUG:
        sent, plain = BUG.features(week), PLAIN.features(week)
        for name in ("temp", "dewp"):
            pd.testing.assert_series_equal(sent[name], celsius(plain[name]))
        others = plain.columns.drop(["temp", "dewp"])
        pd.testing.assert_frame_equal(sent[others], plain[others])
        assert sent.columns.equals(plain.columns)


def test_in_october_labels_are_reversed_except_those_that_people_checked():
    assert [PLAIN.start(POISON[0]).isoformat(), len(POISON)] == ["2013-09-30", 5]
    for week in POISON:
        said, plain = POISONED.labels(week, 41), PLAIN.labels(week, 41)
        golden = is_golden(plain.index)
        assert 0.08 < golden.mean() < 0.12
        pd.testing.assert_series_equal(said[golden], plain[golden])
        pd.testing.assert_series_equal(said[~golden], 1 - plain[~golden])
        assert said.isna().any()  # a flight that was cancelled has no label to reverse


@pytest.mark.parametrize("incident", [BUG, POISONED, NONE], ids=lambda incident: incident.kind)
@pytest.mark.parametrize(("now", "since"), [(0, None), (16, 10), (20, 12), (33, 26), (41, 36)])
def test_what_has_arrived_is_what_the_feed_sent_and_the_labels_said(incident, now, since):
    X, y = incident.arrived(now, since)
    plain, _ = PLAIN.arrived(now, since)
    assert X.index.equals(y.index) and X.index.equals(plain.index)
    weeks = range(since or 1, min(now - 2, 39) + 1)
    if not weeks:
        assert X.equals(plain)
        return
    said = pd.concat([incident.labels(week, now) for week in weeks]).dropna()
    pd.testing.assert_series_equal(y, said)
    sent = pd.concat([incident.features(week) for week in weeks]).loc[said.index]
    assert X.equals(sent)


def test_labels_of_an_incident_are_as_late_as_those_of_production():
    incident = Incident(Production(label_delay=4), "poisoned labels")
    with pytest.raises(LabelsNotArrived, match="week 28 arrive in week 32; it is week 31 now"):
        incident.labels(28, now=31)
    assert incident.labels(28, now=32).notna().any()
    assert len(incident.arrived(31)[0]) == len(Production(label_delay=4).arrived(31)[0])


def test_an_incident_leaves_the_year_of_production_as_it_was():
    before = PLAIN.features(15)["temp"].copy(), PLAIN.truth(28).copy()
    sent, said = BUG.features(15), POISONED.labels(28, 41)
    sent["temp"] = np.nan
    said.iloc[:] = 0.5
    assert PLAIN.features(15)["temp"].equals(before[0])
    assert PLAIN.truth(28).equals(before[1])


def test_an_incident_that_there_is_not_is_named():
    with pytest.raises(ValueError, match=r"one of none, unit bug, poisoned labels: not 'flood'"):
        Incident(PLAIN, "flood")
    with pytest.raises(ValueError, match="no week 40"):
        BUG.features(40)
