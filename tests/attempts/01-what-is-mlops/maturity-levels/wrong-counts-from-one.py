"""Levels 1 to 3.

Caught by: maturity-levels-check-a-to-d, maturity-levels-check-e-to-h
"""

levels = {"A": 1, "B": 2, "C": 3, "D": 1, "E": 2, "F": 1, "G": 3, "H": 2}
