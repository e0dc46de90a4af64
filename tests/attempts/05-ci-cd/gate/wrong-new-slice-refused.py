"""Refuses a challenger that was measured in one slice more.

Caught by: gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    if set(challenger.index) != set(champion.index):
        return False
    gain = challenger["auc"] - champion["auc"]
    enough = (challenger["rows"] >= minimum).all()
    return bool(gain["all"] >= margin and (gain.drop("all") >= -floor).all() and enough)
