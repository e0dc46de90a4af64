"""Takes the decision with np.where, which gives an array without a dimension."""


def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    outside = (batch < history.min()) | (batch > history.max())
    broken = (outside.sum() / batch.notna().sum() > 0.5).any()
    worse = np.where(promised - measured > 0.05, "retrain", "nothing")
    return np.where(broken, "fix the feed", worse)
