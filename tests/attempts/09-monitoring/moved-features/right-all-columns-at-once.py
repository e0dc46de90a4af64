"""Tests all columns in one call of scipy, which can leave missing values out itself."""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    p_values = ks_2samp(reference, current[reference.columns], nan_policy="omit").pvalue
    return list(reference.columns[p_values < level / p_values.size])
