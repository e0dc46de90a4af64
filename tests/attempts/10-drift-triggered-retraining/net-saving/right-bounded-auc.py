"""Bounds the AUC itself between the coin and the promise, in a table."""


def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""
    weeks = pd.DataFrame({"frozen": frozen, "retrained": retrained}).clip(0.5, promised)
    gained = weeks["retrained"] - weeks["frozen"]
    euros = 168 * hour * gained / (promised - 0.5)
    return euros.sum() - training * trainings
