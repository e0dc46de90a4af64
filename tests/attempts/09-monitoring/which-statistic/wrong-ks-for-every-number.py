"""Takes KS wherever there are numbers, and chi-squared elsewhere.

Caught by: which-statistic-check-sizes
"""

statistics = {letter: "chi-squared" if letter == "B" else "KS" for letter in "ABCDEF"}
