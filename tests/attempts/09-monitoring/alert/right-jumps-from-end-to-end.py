"""Looks ahead with indices: from a start to the week that ends it."""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    n = len(values)
    on = [False] * n
    streak = i = 0
    while i < n:
        streak = streak + 1 if values[i] > high else 0
        if streak < patience:
            i += 1
            continue
        while i < n and not values[i] < low:
            on[i] = True
            i += 1
        streak = 0
        i += 1
    return on
