"""Makes the missing measurement a NaN: no comparison with it is true. Returns numpy's truth value."""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    measured = np.array(evidence.measured, dtype=float)
    fell = np.greater(evidence.promised - measured, drop)
    return fell & np.greater_equal(evidence.weeks_since, cooldown)
