"""Sees the training on drift and overlooks who releases the pipeline (C).

Caught by: maturity-levels-check-a-to-d
"""

levels = {"A": 0, "B": 1, "C": 1, "D": 0, "E": 1, "F": 0, "G": 2, "H": 1}
