"""Leaves out what needs nothing.

Caught by: six-changes-check-around, six-changes-check-model
"""

answers = {"A": "redeploy", "B": "retrain", "D": "redeploy", "E": "retrain"}
