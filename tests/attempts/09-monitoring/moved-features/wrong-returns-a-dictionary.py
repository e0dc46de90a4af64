"""Returns a dictionary of names and p-values, not a list of names.

Caught by: moved-features-check-found
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    p = {n: ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue for n in reference}
    return {name: p[name] for name in p if p[name] < level / len(p)}
