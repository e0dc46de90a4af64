"""Retrains on a broken feed.

Caught by: five-situations-check-inputs
"""

answers = {"A": "retrain", "B": "nothing", "C": "retrain", "D": "roll back", "E": "wait"}
