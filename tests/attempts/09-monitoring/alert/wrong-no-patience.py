"""Rings in the first week above the bar.

Caught by: alert-check-patience, alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, result = False, []
    for value in values:
        if value > high:
            on = True
        elif value < low:
            on = False
        result.append(on)
    return result
