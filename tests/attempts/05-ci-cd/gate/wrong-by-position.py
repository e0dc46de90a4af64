"""Compares the tables row by row, whatever the rows are called.

Caught by: gate-check-floor
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    if len(challenger) < len(champion):
        return False
    new = challenger.iloc[: len(champion)]
    gain = new["auc"].to_numpy() - champion["auc"].to_numpy()
    return bool(gain[0] >= margin and (gain[1:] >= -floor).all() and (new["rows"] >= minimum).all())
