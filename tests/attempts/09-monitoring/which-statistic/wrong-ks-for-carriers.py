"""Takes KS for everything that asks for chance, carriers too (B).

Caught by: which-statistic-check-p-values
"""

statistics = {
    "A": "Wasserstein",
    "B": "KS",
    "C": "PSI",
    "D": "KS",
    "E": "PSI",
    "F": "Wasserstein",
}
