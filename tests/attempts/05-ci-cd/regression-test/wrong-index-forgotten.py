"""Looks at the values of the rows and forgets their index.

Caught by: regression-test-check-rows
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
    assert minutes(pd.Series([1435, 2400, 5])).to_list() == [875, 0, 5]


def test_features():
    before = flights.copy()
    X = features(flights)
    assert X["distance"].to_list() == [762, 1069, 500]
    assert flights.equals(before)
"""
