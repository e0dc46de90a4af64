"""Gives the names in the order of the alphabet.

Caught by: moved-features-check-found
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    bar = level / reference.shape[1]
    return sorted(
        n for n in reference if ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue < bar
    )
