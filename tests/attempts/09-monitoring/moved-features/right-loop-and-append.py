"""A loop over the columns as numpy arrays, with an if."""


def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    result = []
    for name in reference.columns:
        old = reference[name].to_numpy()
        new = current[name].to_numpy()
        old = old[~np.isnan(old)]
        new = new[~np.isnan(new)]
        _, p_value = ks_2samp(old, new)
        if p_value * reference.shape[1] < level:
            result.append(name)
    return result
