"""Subtracts the two curves, and forgets the bounds of the share.

Caught by: net-saving-check-bounds
"""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    lost = (retrained - frozen) / (promised - 0.5)
    return lost.sum() * 168 * hour - trainings * training
