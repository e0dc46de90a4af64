"""Asks for a reason to refuse, and NaN gives none.

Caught by: gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]
    slices = gain.drop("all")

    if gain["all"] < margin or (slices < -floor).any():
        return False
    return not (new["rows"] < minimum).any()
