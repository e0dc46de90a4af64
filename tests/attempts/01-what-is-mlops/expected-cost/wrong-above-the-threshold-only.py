"""Does not warn of a flight exactly at the threshold.

Caught by: expected-cost-check-boundary
"""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    warned = probability > threshold
    return np.mean(false_alarm * (warned & (late == 0)) + miss * (~warned & (late == 1)))
