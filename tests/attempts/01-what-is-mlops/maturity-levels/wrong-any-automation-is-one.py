"""Something is automated, so it is level 1 (F).

Caught by: maturity-levels-check-e-to-h
"""

levels = {"A": 0, "B": 1, "C": 2, "D": 0, "E": 1, "F": 1, "G": 2, "H": 1}
