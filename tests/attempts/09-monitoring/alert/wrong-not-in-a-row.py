"""Counts the weeks above the bar, with breaks between them.

Caught by: alert-check-patience, alert-check-lasts
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    for value in values:
        if on:
            if value < low:
                on, above = False, 0
        elif value > high:
            above += 1
            on = above >= patience
        result.append(on)
    return result
