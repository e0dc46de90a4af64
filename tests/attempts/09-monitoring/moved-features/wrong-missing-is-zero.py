"""Puts 0 in place of missing values: a column with holes seems to have moved.

Caught by: moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    old, new = reference.fillna(0), current.fillna(0)
    bar = level / len(old.columns)
    return [n for n in old.columns if ks_2samp(old[n], new[n]).pvalue < bar]
