"""Takes PSI for everything: it is the one that the dashboard shows.

Caught by: which-statistic-check-p-values, which-statistic-check-sizes
"""

statistics = dict.fromkeys("ABCDEF", "PSI")
