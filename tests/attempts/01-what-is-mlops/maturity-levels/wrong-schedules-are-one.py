"""Schedules are level 1, however the pipelines are changed (G).

Caught by: maturity-levels-check-e-to-h
"""

levels = {"A": 0, "B": 1, "C": 2, "D": 0, "E": 1, "F": 0, "G": 1, "H": 1}
