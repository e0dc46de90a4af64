"""Uses that PSI is the divergence of Kullback and Leibler, both ways, from scipy."""


def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    from scipy.special import rel_entr

    cumulative = []
    for sample in (reference, current):
        known = np.sort(np.asarray(sample, dtype=float))
        known = known[: np.count_nonzero(~np.isnan(known))]
        below = np.searchsorted(known, cuts, side="left") / len(known)
        cumulative.append(np.diff(np.concatenate([[0.0], below, [1.0]])))
    p, q = np.clip(cumulative, 1e-6, None)
    return rel_entr(p, q).sum() + rel_entr(q, p).sum()
