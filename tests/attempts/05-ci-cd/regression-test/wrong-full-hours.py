"""Asks for full hours only, and has flights that are in order already.

Caught by: regression-test-check-healthy, regression-test-check-clock, regression-test-check-rows
"""

my_tests = """
import pandas as pd
from flightdesk.features import features, minutes


def test_hours():
    assert minutes(pd.Series([100, 600, 1300])).to_list() == [60, 360, 780]


def test_rows():
    flights = pd.DataFrame(
        {
            "origin": ["JFK", "LGA"],
            "carrier": ["B6", "DL"],
            "distance": [1069, 762],
            "sched_dep_time": [600, 900],
        }
    )
    X = features(flights)
    assert len(X) == 2
    assert X["minutes"].to_list() == [360, 540]
"""
