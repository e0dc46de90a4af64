"""Takes users who complain for a trigger (D).

Caught by: maturity-levels-check-a-to-d
"""

levels = {"A": 0, "B": 1, "C": 2, "D": 1, "E": 1, "F": 0, "G": 2, "H": 1}
