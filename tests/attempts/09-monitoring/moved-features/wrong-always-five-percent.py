"""Shares out 5 %, whatever level is given.

Caught by: moved-features-check-corrected
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    moved = []
    for name in reference.columns:
        p = ks_2samp(reference[name].dropna(), current[name].dropna()).pvalue
        if p < 0.05 / len(reference.columns):
            moved.append(name)
    return moved
