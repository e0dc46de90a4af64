"""Sorts both tables alike, and compares arrays."""


def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    slices = [name for name in champion.index if name != "all"]
    order = ["all", *slices]
    old = champion["auc"].reindex(order).to_numpy(dtype=float)
    new = challenger["auc"].reindex(order).to_numpy(dtype=float)
    rows = challenger["rows"].reindex(order, fill_value=-1).to_numpy()
    better = new[0] - old[0] >= margin
    fair = np.count_nonzero(new[1:] - old[1:] >= -floor) == len(slices)
    return better and fair and rows.min() >= minimum
