"""Compares before it asks whether there is a measurement.

Caught by: trigger-check-nothing-measured
"""


def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    fell = evidence.promised - evidence.measured > drop
    return fell and evidence.weeks_since >= cooldown
