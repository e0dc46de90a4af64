"""Compares each p-value with the whole level.

Caught by: moved-features-check-corrected
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    moved = []
    for name in reference.columns:
        if ks_2samp(reference[name].dropna(), current[name].dropna()).pvalue < level:
            moved.append(name)
    return moved
