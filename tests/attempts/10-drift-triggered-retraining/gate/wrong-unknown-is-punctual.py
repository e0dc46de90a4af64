"""Takes flights of unknown outcome for punctual ones when it judges.

Caught by: gate-check-missing
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late)
    if known.sum() < min_rows or len(set(late[known])) < 2 or np.isnan(challenger).any():
        return False
    filled = np.where(known, late, 0)
    return roc_auc_score(filled, challenger) > roc_auc_score(filled, champion) + margin
