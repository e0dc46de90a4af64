"""Takes PSI for the size of the shift in millibar (F).

Caught by: which-statistic-check-sizes
"""

statistics = {
    "A": "Wasserstein",
    "B": "chi-squared",
    "C": "PSI",
    "D": "KS",
    "E": "PSI",
    "F": "PSI",
}
