"""Holds three slices to the floor, as many as there are airports.

Caught by: gate-check-floor
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gained = new["auc"] - champion["auc"]
    airports = gained.drop("all").head(3)
    enough = (new["rows"] >= minimum).all()
    return bool(gained["all"] >= margin and (airports >= -floor).all() and enough)
