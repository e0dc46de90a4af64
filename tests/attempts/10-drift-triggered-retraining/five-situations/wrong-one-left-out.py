"""Leaves out the situation in which there is nothing to do.

Caught by: five-situations-check-inputs, five-situations-check-models
"""

answers = {"A": "fix the feed", "C": "retrain", "D": "roll back", "E": "wait"}
