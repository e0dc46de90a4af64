"""Multiplies the p-values by the number of tests, and takes the names with a mask."""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    p = pd.Series(
        {
            name: ks_2samp(reference[name].dropna(), current[name].dropna()).pvalue
            for name in reference
        }
    )
    adjusted = (p * len(p)).clip(upper=1)
    return adjusted.index[adjusted < level].tolist()
