"""Counts the pairs of a late and a punctual flight that each model ranks rightly."""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    if np.isnan(challenger).any():
        return False
    if (late == 1).sum() == 0 or (late == 0).sum() == 0 or np.isfinite(late).sum() < min_rows:
        return False

    def auc(score):
        gaps = score[late == 1][:, None] - score[late == 0][None, :]
        return np.mean((gaps > 0) + 0.5 * (gaps == 0))

    return auc(challenger) - auc(champion) > margin
