"""Turns both tables into dictionaries; a comparison with NaN is never true."""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    old, new = champion.to_dict("index"), challenger.to_dict("index")
    nothing = {"auc": float("nan"), "rows": float("nan")}
    answers = []
    for name, was in old.items():
        now = new.get(name, nothing)
        allowed = -margin if name == "all" else floor
        answers += [was["auc"] - now["auc"] <= allowed, now["rows"] >= minimum]
    return all(answers)
