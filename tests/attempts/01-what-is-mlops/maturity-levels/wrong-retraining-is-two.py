"""Takes training by itself for the highest level (B, E, H).

Caught by: maturity-levels-check-a-to-d, maturity-levels-check-e-to-h
"""

levels = {"A": 0, "B": 2, "C": 2, "D": 0, "E": 2, "F": 0, "G": 2, "H": 2}
