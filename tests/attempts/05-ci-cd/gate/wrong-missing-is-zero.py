"""Fills what is missing with 0, so a champion that was never measured is easy to beat.

Caught by: gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    old, new = champion.fillna(0), challenger.reindex(champion.index).fillna(0)
    gain = new["auc"] - old["auc"]
    return bool(
        gain["all"] >= margin
        and (gain.drop("all") >= -floor).all()
        and (new["rows"] >= minimum).all()
    )
