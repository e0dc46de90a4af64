"""Names the questions a to f.

Caught by: which-statistic-check-p-values, which-statistic-check-sizes
"""

statistics = {
    "a": "Wasserstein",
    "b": "chi-squared",
    "c": "PSI",
    "d": "KS",
    "e": "PSI",
    "f": "Wasserstein",
}
