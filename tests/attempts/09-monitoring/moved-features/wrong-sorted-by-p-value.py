"""Names the smallest p-value first.

Caught by: moved-features-check-found
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    p = {n: ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue for n in reference}
    return [n for n in sorted(p, key=p.get) if p[n] < level / len(p)]
