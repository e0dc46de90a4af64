"""Asks for the margin in every slice.

Caught by: gate-check-floor
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]

    return bool((gain >= margin).all() and (new["rows"] >= minimum).all())
