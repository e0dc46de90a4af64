"""Puts the mean of a column into its holes, and into the table that was given.

Caught by: moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    bar = level / len(reference.columns)
    moved = []
    for name in reference.columns:
        current[name] = current[name].fillna(current[name].mean())
        if ks_2samp(reference[name].dropna(), current[name]).pvalue < bar:
            moved.append(name)
    return moved
