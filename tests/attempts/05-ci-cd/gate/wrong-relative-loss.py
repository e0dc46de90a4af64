"""Takes the floor for a share of the champion's AUC.

Caught by: gate-check-floor
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    share = new["auc"] / champion["auc"] - 1
    better = new.loc["all", "auc"] - champion.loc["all", "auc"] >= margin
    return bool(better and (share.drop("all") >= -floor).all() and (new["rows"] >= minimum).all())
