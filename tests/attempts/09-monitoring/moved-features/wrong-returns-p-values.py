"""Returns the p-values in place of the names.

Caught by: moved-features-check-found, moved-features-check-corrected, moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    p = [ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue for n in reference]
    return [value for value in p if value < level / len(p)]
