"""Retrains again before the first labels of the last training are there.

Caught by: five-situations-check-models
"""

answers = {"A": "fix the feed", "B": "nothing", "C": "retrain", "D": "roll back", "E": "retrain"}
