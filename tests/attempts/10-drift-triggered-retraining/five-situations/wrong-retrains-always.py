"""Retraining cures everything.

Caught by: five-situations-check-inputs, five-situations-check-models
"""

answers = {"A": "retrain", "B": "retrain", "C": "retrain", "D": "retrain", "E": "retrain"}
