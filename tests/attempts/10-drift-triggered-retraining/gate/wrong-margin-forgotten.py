"""Lets every challenger pass that is better, by however little.

Caught by: gate-check-margin
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late)
    if known.sum() < min_rows or len(set(late[known])) < 2 or np.isnan(challenger).any():
        return False
    old = roc_auc_score(late[known], champion[known])
    return roc_auc_score(late[known], challenger[known]) > old
