"""Joins both tables by name, and returns what numpy says."""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    both = champion.join(challenger, how="left", lsuffix="_old", rsuffix="_new")
    both["gain"] = both["auc_new"] - both["auc_old"]
    slices = both[both.index != "all"]
    return np.all(
        [
            both.at["all", "gain"] >= margin,
            *(slices["gain"] >= -floor),
            *(both["rows_new"] >= minimum),
        ]
    )
