"""Writes the defaults into its body, and looks at no limit that it is given.

Caught by: gate-check-margin, gate-check-floor, gate-check-sample, gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    new = challenger.reindex(champion.index)
    gain = new["auc"] - champion["auc"]
    slices = gain.drop("all")

    return bool(gain["all"] >= 0.005 and (slices >= -0.02).all() and (new["rows"] >= 500).all())
