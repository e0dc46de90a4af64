"""Drops the rows that lack any value, of all columns.

Caught by: moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    old, new = reference.dropna(), current.dropna()
    bar = level / len(old.columns)
    return [name for name in old.columns if ks_2samp(old[name], new[name]).pvalue < bar]
