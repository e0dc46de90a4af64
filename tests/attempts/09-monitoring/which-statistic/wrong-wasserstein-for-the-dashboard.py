"""Takes Wasserstein in standard deviations for the dashboard's number (C).

Caught by: which-statistic-check-sizes
"""

statistics = {
    "A": "Wasserstein",
    "B": "chi-squared",
    "C": "Wasserstein",
    "D": "KS",
    "E": "PSI",
    "F": "Wasserstein",
}
