"""Expects more than was promised: midnight at the end of the day.

Caught by: regression-test-check-healthy, regression-test-check-clock, regression-test-check-rows
"""

my_tests = """
import pandas as pd
from flightdesk.features import features, minutes

flights = pd.DataFrame(
    {
        "origin": ["LGA", "JFK", "EWR"],
        "carrier": ["DL", "B6", "UA"],
        "distance": [762, 1069, 500],
        "sched_dep_time": [1435, 600, 2400],
    },
    index=["b", "c", "a"],
)


def test_minutes():
    assert minutes(pd.Series([1435, 2400])).to_list() == [875, 1440]


def test_features():
    before = flights.copy()
    assert features(flights).index.equals(before.index)
    assert flights.equals(before)
"""
