"""Lets a model that is worse than a coin cost more than the full price.

Caught by: net-saving-check-bounds
"""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    cost = [np.maximum((promised - auc) / (promised - 0.5), 0).sum() for auc in (frozen, retrained)]
    return (cost[0] - cost[1]) * 168 * hour - trainings * training
