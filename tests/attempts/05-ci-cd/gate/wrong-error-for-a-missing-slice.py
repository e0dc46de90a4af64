"""Looks a missing slice up, and gets an error.

Caught by: gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    for name in champion.index.drop("all"):
        if not challenger.loc[name, "auc"] >= champion.loc[name, "auc"] - floor:
            return False
    enough = (challenger.loc[champion.index, "rows"] >= minimum).all()
    return bool(challenger.loc["all", "auc"] - champion.loc["all", "auc"] >= margin and enough)
