"""Asks for one time at a time, and compares indexes."""

my_tests = """
import pandas as pd
import pytest
from flightdesk.features import features, minutes


@pytest.mark.parametrize(
    ("hhmm", "expected"), [(0, 0), (1, 1), (759, 479), (1300, 780), (1435, 875), (2400, 0)]
)
def test_minutes(hhmm, expected):
    assert minutes(pd.Series([hhmm]))[0] == expected


@pytest.fixture
def flights():
    return pd.DataFrame(
        [["LGA", "DL", 762, 1435], ["JFK", "B6", 1069, 600], ["EWR", "UA", 500, 2400]],
        columns=["origin", "carrier", "distance", "sched_dep_time"],
        index=[30, 10, 20],
    )


def test_index(flights):
    pd.testing.assert_index_equal(features(flights).index, flights.index)


def test_values(flights):
    assert list(features(flights)["distance"]) == [762, 1069, 500]


def test_input(flights):
    before = flights.copy(deep=True)
    features(flights)
    assert before.equals(flights)
"""
