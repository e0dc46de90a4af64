"""Takes the mean week's saving for that of all weeks.

Caught by: net-saving-check-hours, net-saving-check-bounds
"""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    cost = [np.clip((promised - auc) / (promised - 0.5), 0, 1) for auc in (frozen, retrained)]
    return (cost[0] - cost[1]).mean() * 168 * hour - trainings * training
