"""Takes the floor for an AUC below which no slice may be.

Caught by: gate-check-floor, gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    fair = (new["auc"].drop("all") >= floor).all()
    better = new.loc["all", "auc"] - champion.loc["all", "auc"] >= margin
    return bool(better and fair and (new["rows"] >= minimum).all())
