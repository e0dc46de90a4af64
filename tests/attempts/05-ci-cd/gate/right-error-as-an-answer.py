"""Picks the champion's slices with loc, and lets the error of a missing one say no."""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    try:
        new = challenger.loc[champion.index]
    except KeyError:
        return False
    if new.isna().any(axis=None) or champion["auc"].isna().any():
        return False
    loss = champion["auc"] - new["auc"]
    too_few = new["rows"].min() < minimum
    return bool(-loss["all"] >= margin and loss.drop("all").max() <= floor and not too_few)
