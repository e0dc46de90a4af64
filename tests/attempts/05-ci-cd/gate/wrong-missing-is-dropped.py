"""Drops what is missing before it looks.

Caught by: gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]
    slices = gain.drop("all")

    slices = slices.dropna()
    rows = new["rows"].dropna()
    return bool(gain["all"] >= margin and (slices >= -floor).all() and (rows >= minimum).all())
