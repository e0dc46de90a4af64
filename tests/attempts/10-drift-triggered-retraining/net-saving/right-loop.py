"""Goes week by week with min and max."""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    saved = -trainings * training
    for old, new in zip(frozen, retrained):
        for auc, sign in ((old, 1), (new, -1)):
            lost = min(max((promised - auc) / (promised - 0.5), 0), 1)
            saved = saved + sign * lost * 168 * hour
    return saved
