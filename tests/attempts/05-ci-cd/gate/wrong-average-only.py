"""Asks only whether it is better on average.

Caught by: gate-check-floor, gate-check-sample, gate-check-missing
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    if "all" not in challenger.index:
        return False
    return challenger.loc["all", "auc"] >= champion.loc["all", "auc"] + margin
