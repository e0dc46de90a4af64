"""Has the comparison the wrong way round: it names what stayed.

Caught by: moved-features-check-found, moved-features-check-corrected, moved-features-check-missing
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    bar = level / len(reference.columns)
    moved = []
    for n in reference.columns:
        if ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue > bar:
            moved.append(n)
    return moved
