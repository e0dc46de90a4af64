"""Maps and filters, and leaves missing values out with nan_policy."""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    tests = len(reference.columns)

    def moved(name):
        return ks_2samp(reference[name], current[name], nan_policy="omit").pvalue < level / tests

    return list(filter(moved, reference.columns))
