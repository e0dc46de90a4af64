"""Refuses a challenger that lacks one score, and forgives it if it lacks several.

Caught by: gate-check-missing
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late)
    if known.sum() < min_rows or len(set(late[known])) < 2 or np.isnan(challenger).sum() == 1:
        return False
    known = known & ~np.isnan(challenger)
    if len(set(late[known])) < 2:
        return False
    old = roc_auc_score(late[known], champion[known])
    return roc_auc_score(late[known], challenger[known]) > old + margin
