"""Takes the correction of Šidák, which holds for independent tests and leaves each a little more.

Caught by: moved-features-check-corrected
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    bar = 1 - (1 - level) ** (1 / len(reference.columns))
    return [
        name
        for name in reference.columns
        if ks_2samp(reference[name].dropna(), current[name].dropna()).pvalue < bar
    ]
