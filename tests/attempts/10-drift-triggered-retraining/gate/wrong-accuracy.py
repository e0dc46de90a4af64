"""Compares the shares of flights on the right side of a half.

Caught by: gate-check-margin, gate-check-missing
"""


def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    known = ~np.isnan(late)
    if known.sum() < min_rows or len(set(late[known])) < 2 or np.isnan(challenger).any():
        return False
    old, new = (np.mean((score > 0.5)[known] == late[known]) for score in (champion, challenger))
    return bool(new > old + margin)
