"""Divides by the promise, not by its distance from the coin.

Caught by: net-saving-check-hours, net-saving-check-trainings, net-saving-check-bounds
"""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    cost = [np.clip((promised - auc) / promised, 0, 1).sum() for auc in (frozen, retrained)]
    return (cost[0] - cost[1]) * 168 * hour - trainings * training
