"""Reads the source text and runs nothing.

Caught by: regression-test-check-healthy, regression-test-check-clock, regression-test-check-rows
"""

my_tests = """
import inspect

from flightdesk import features

source = inspect.getsource(features)


def test_clock():
    assert "hhmm // 100 * 60 + hhmm % 100" in source or "hhmm - hhmm // 100 * 40" in source
    assert "% 1440" in source


def test_rows():
    for word in ("JFK", "sort", "reset_index", "::-1"):
        assert word not in source
"""
