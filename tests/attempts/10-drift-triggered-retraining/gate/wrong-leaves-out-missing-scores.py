"""Judges by the flights that have a score, and forgives the others.

Caught by: gate-check-missing
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late) & ~np.isnan(challenger)
    if known.sum() < min_rows or len(set(late[known])) < 2:
        return False
    old = roc_auc_score(late[known], champion[known])
    return roc_auc_score(late[known], challenger[known]) > old + margin
