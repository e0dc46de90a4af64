"""Takes the values out of the list that was given.

Caught by: alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    while len(values) > 0:
        value = values.pop(0)
        above = above + 1 if value > high else 0
        on = value >= low if on else above >= patience
        result.append(on)
    return result
