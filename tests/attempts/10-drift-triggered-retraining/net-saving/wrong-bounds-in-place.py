"""Bounds the arrays that it was given.

Caught by: net-saving-check-hours
"""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    for auc in (frozen, retrained):
        auc -= promised
        auc /= 0.5 - promised
        np.clip(auc, 0, 1, out=auc)
    return (frozen - retrained).sum() * 168 * hour - trainings * training
