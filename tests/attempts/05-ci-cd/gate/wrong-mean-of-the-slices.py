"""Computes an average of the slices in place of the AUC of all flights.

Caught by: gate-check-margin, gate-check-floor
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]
    slices = gain.drop("all")

    if np.isnan(gain["all"]):
        return False
    better = slices.mean() >= margin
    return bool(better and (slices >= -floor).all() and (new["rows"] >= minimum).all())
