"""Retraining is always safe.

Caught by: six-changes-check-around
"""

answers = {
    "A": "retrain",
    "B": "retrain",
    "C": "retrain",
    "D": "retrain",
    "E": "retrain",
    "F": "retrain",
}
