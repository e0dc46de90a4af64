"""Corrects by Benjamini and Hochberg in place of Bonferroni.

Caught by: moved-features-check-corrected
"""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    raw = [ks_2samp(reference[n].dropna(), current[n].dropna()).pvalue for n in reference]
    adjusted = drift.CORRECTIONS["benjamini-hochberg"](raw)
    return [name for name, p in zip(reference, adjusted) if p < level]
