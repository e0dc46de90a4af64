"""Takes PSI for the difference in wind speed, though it needs bins and says nothing of chance (D).

Caught by: which-statistic-check-p-values
"""

statistics = {
    "A": "Wasserstein",
    "B": "chi-squared",
    "C": "PSI",
    "D": "PSI",
    "E": "PSI",
    "F": "Wasserstein",
}
