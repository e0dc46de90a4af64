"""Fills an array of numpy's truth values, each week from the one before."""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    x = np.array(values, dtype=float)
    on = np.zeros(len(x), dtype=bool)
    for i in range(len(x)):
        if i > 0 and on[i - 1]:
            on[i] = x[i] >= low
        elif i + 1 >= patience:
            on[i] = np.all(x[i + 1 - patience : i + 1] > high)
    return list(on)
