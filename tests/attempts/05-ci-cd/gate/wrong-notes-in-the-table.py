"""Writes what each slice lost into the champion's table.

Caught by: gate-check-floor
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    champion["loss"] = champion["auc"] - challenger["auc"]
    rows = challenger["rows"].reindex(champion.index)
    slices = champion["loss"].drop("all")
    return bool(
        champion["loss"]["all"] <= -margin and (slices <= floor).all() and (rows >= minimum).all()
    )
