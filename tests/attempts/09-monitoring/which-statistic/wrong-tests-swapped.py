"""Swaps the tests for numbers and for categories (B, D).

Caught by: which-statistic-check-p-values
"""

statistics = {
    "A": "Wasserstein",
    "B": "chi-squared",
    "C": "PSI",
    "D": "KS",
    "E": "PSI",
    "F": "Wasserstein",
}
statistics["B"], statistics["D"] = statistics["D"], statistics["B"]
