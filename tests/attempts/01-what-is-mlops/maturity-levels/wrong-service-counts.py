"""Takes CI/CD of the web service for CI/CD of the pipeline (F).

Caught by: maturity-levels-check-e-to-h
"""

levels = {"A": 0, "B": 1, "C": 2, "D": 0, "E": 1, "F": 2, "G": 2, "H": 1}
