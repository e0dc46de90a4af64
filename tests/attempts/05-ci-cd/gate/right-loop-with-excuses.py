"""Asks slice by slice, and leaves at the first reason to refuse."""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    for name in champion.index:
        if name not in challenger.index:
            return False
        old, new = champion.loc[name, "auc"], challenger.loc[name, "auc"]
        if np.isnan(old) or np.isnan(new):
            return False
        if not challenger.loc[name, "rows"] >= minimum:
            return False
        if name != "all" and old - new > floor:
            return False
    return challenger.loc["all", "auc"] >= champion.loc["all", "auc"] + margin
