"""Leaves missing values in: the p-value of such a column is NaN, and never below anything.

Caught by: moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    bar = level / len(reference.columns)
    return [n for n in reference.columns if ks_2samp(reference[n], current[n]).pvalue < bar]
