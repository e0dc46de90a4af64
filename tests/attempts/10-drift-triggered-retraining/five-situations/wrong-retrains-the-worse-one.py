"""Retrains where an older model is better already.

Caught by: five-situations-check-models
"""

answers = {"A": "fix the feed", "B": "nothing", "C": "retrain", "D": "retrain", "E": "wait"}
