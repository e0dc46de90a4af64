"""Reads the share off a line from the coin to the promise."""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    share = np.interp([frozen, retrained], [0.5, promised], [1, 0])
    return (share[0] - share[1]).sum() * hour * 24 * 7 - trainings * training
