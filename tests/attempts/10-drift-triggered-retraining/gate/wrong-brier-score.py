"""Compares the mean squared errors, which a model that ranks better can lose.

Caught by: gate-check-margin, gate-check-missing
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late)
    if known.sum() < min_rows or len(set(late[known])) < 2 or np.isnan(challenger).any():
        return False
    old, new = (np.mean((late - score)[known] ** 2) for score in (champion, challenger))
    return bool(new < old - margin)
