"""Answers five of six.

Caught by: which-statistic-check-p-values, which-statistic-check-sizes
"""

statistics = {
    "A": "Wasserstein",
    "B": "chi-squared",
    "C": "PSI",
    "D": "KS",
    "E": "PSI",
}
