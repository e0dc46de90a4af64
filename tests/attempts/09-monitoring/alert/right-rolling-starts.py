"""Finds with pandas where an alarm can start and where it ends, and fills in between."""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    series = pd.Series(list(values), dtype=float)
    above = (series > high).astype(float).rolling(patience).sum() == patience
    state = pd.Series(np.nan, index=series.index)
    state[above] = 1.0
    state[series < low] = 0.0
    return (state.ffill().fillna(0.0) == 1.0).tolist()
