"""Asks whether there are values in a way that an array refuses.

Caught by: alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    if not values:
        return []
    on, above, result = False, 0, []
    for value in values:
        above = above + 1 if value > high else 0
        on = value >= low if on else above >= patience
        result.append(on)
    return result
