"""Returns after the first column that has moved.

Caught by: moved-features-check-found, moved-features-check-corrected, moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    moved = []
    for n in reference.columns:
        if ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue < level / reference.shape[1]:
            moved.append(n)
            return moved
