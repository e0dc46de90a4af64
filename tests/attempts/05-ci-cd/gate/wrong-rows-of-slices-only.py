"""Forgets that the average needs its rows, too.

Caught by: gate-check-sample
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]
    slices = gain.drop("all")

    enough = (new["rows"].drop("all") >= minimum).all()
    return bool(gain["all"] >= margin and (slices >= -floor).all() and enough)
