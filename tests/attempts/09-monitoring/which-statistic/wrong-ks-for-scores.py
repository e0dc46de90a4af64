"""Takes the widest gap of KS for what lies in other tenths (E).

Caught by: which-statistic-check-sizes
"""

statistics = {
    "A": "Wasserstein",
    "B": "chi-squared",
    "C": "PSI",
    "D": "KS",
    "E": "KS",
    "F": "Wasserstein",
}
