"""Takes two changes a year for level 0 (E).

Caught by: maturity-levels-check-e-to-h
"""

levels = {"A": 0, "B": 1, "C": 2, "D": 0, "E": 0, "F": 0, "G": 2, "H": 1}
