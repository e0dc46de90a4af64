"""Corrects by Holm, whose bar rises with each column that has moved.

Caught by: moved-features-check-corrected
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    p = {n: ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue for n in reference}
    moved = set()
    for name in sorted(p, key=p.get):
        if p[name] >= level / (len(p) - len(moved)):
            break
        moved.add(name)
    return [name for name in p if name in moved]
