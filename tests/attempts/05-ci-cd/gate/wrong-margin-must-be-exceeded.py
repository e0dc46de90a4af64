"""Refuses a challenger that is better by exactly the margin.

Caught by: gate-check-margin
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]
    slices = gain.drop("all")

    return bool(
        gain["all"] > margin and (slices >= -floor).all() and (new["rows"] >= minimum).all()
    )
