"""Looks for missing scores only where the outcome is known.

Caught by: gate-check-missing
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late)
    late, champion, challenger = late[known], champion[known], challenger[known]
    if len(late) < min_rows or len(set(late)) < 2 or np.isnan(challenger).any():
        return False
    return roc_auc_score(late, challenger) > roc_auc_score(late, champion) + margin
