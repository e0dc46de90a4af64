"""Returns a Series of pandas, made week by week."""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    weeks, above = pd.Series(False, index=range(len(values))), 0
    for i in range(len(values)):
        above = above + 1 if values[i] > high else 0
        ringing = i > 0 and weeks[i - 1]
        weeks[i] = values[i] >= low if ringing else above >= patience
    return weeks
