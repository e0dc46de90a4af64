"""Refuses what is not better; an AUC that is not defined is neither better nor worse, and passes.

Caught by: gate-check-enough
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late)
    if known.sum() < min_rows or np.isnan(challenger).any():
        return False
    old = roc_auc_score(late[known], champion[known])
    new = roc_auc_score(late[known], challenger[known])
    return not new <= old + margin
