"""Takes for a slice what is written in capitals, as airports are.

Caught by: gate-check-floor, gate-check-sample
"""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    airports = [name for name in champion.index if name.isupper()]
    new = challenger.reindex(champion.index)
    gained = new["auc"] - champion["auc"]
    enough = (new.loc[["all", *airports], "rows"] >= minimum).all()
    return bool(gained["all"] >= margin and (gained[airports] >= -floor).all() and enough)
