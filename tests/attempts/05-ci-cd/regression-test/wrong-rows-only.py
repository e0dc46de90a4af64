"""Tests that the rows are as they were, and no time.

Caught by: regression-test-check-clock
"""

my_tests = """
import pandas as pd
from flightdesk.features import features

flights = pd.DataFrame(
    {
        "origin": ["LGA", "JFK", "EWR"],
        "carrier": ["DL", "B6", "UA"],
        "distance": [762, 1069, 500],
        "sched_dep_time": [1435, 600, 2400],
    },
    index=["b", "c", "a"],
)


def test_rows():
    before = flights.copy()
    X = features(flights)
    assert flights.equals(before)
    assert X.index.equals(before.index)
"""
