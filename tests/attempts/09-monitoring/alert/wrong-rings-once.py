"""Stays off for ever after the first alarm.

Caught by: alert-check-patience, alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, done, above, result = False, False, 0, []
    for value in values:
        above = above + 1 if value > high else 0
        if on and value < low:
            on, done = False, True
        elif above >= patience and not done:
            on = True
        result.append(on)
    return result
