"""What the model sees of a flight, all of it known at scheduled departure."""

import pandas as pd

COLUMNS = ["origin", "carrier", "distance"]


def minutes(hhmm: pd.Series) -> pd.Series:
    """Return the minutes since midnight of a time such as 1435; 2400 is midnight, 0."""
    return (hhmm // 100 * 60 + hhmm % 100) % 1440


def features(flights: pd.DataFrame) -> pd.DataFrame:
    """Return the model's inputs, a row for each flight, in the order of the flights."""
    X = flights[COLUMNS].copy()
    X["minutes"] = minutes(flights["sched_dep_time"])
    return X
