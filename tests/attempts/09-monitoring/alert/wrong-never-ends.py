"""Starts, and never ends.

Caught by: alert-check-patience, alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    for value in values:
        above = above + 1 if value > high else 0
        on = on or above >= patience
        result.append(on)
    return result
