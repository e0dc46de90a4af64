"""Cuts with pandas, whose value_counts leaves missing values out and can give shares."""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    p, q = (
        pd.cut(pd.Series(sample), edges, right=False)
        .value_counts(normalize=True, sort=False)
        .clip(lower=1e-6)
        for sample in (reference, current)
    )
    return np.sum((q - p) * np.log(q / p))
