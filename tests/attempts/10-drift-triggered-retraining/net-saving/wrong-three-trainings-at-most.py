"""Pays for the first three trainings only.

Caught by: net-saving-check-trainings
"""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    cost = [np.clip((promised - auc) / (promised - 0.5), 0, 1).sum() for auc in (frozen, retrained)]
    return (cost[0] - cost[1]) * 168 * hour - min(trainings, 3) * training
