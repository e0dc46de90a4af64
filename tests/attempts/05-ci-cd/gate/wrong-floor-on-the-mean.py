"""Holds the mean over the slices to the floor.

Caught by: gate-check-floor
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]
    slices = gain.drop("all")

    return bool(
        gain["all"] >= margin
        and slices.mean(skipna=False) >= -floor
        and (new["rows"] >= minimum).all()
    )
