"""Tests the clock, and no flight.

Caught by: regression-test-check-rows
"""

my_tests = """
import pandas as pd
from flightdesk.features import minutes


def test_minutes():
    times = pd.Series([0, 30, 100, 1435, 2359, 2400])
    assert minutes(times).to_list() == [0, 30, 60, 875, 1439, 0]
"""
