"""Puts the rows of the table that was given in order, for the curves that KS compares.

Caught by: moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    reference.sort_values(list(reference.columns), inplace=True, ignore_index=True)
    bar = level / reference.shape[1]
    moved = []
    for name in reference:
        if ks_2samp(reference[name].dropna(), current[name].dropna()).pvalue < bar:
            moved.append(name)
    return moved
