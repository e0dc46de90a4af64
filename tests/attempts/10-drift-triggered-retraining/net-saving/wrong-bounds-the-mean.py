"""Bounds the share of the mean week, not that of each.

Caught by: net-saving-check-bounds
"""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    cost = [
        np.clip((promised - auc.mean()) / (promised - 0.5), 0, 1) for auc in (frozen, retrained)
    ]
    return (cost[0] - cost[1]) * len(frozen) * 168 * hour - trainings * training
