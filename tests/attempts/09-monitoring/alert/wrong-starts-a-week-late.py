"""Waits for the weeks above the bar to be over, and rings in the next one.

Caught by: alert-check-patience, alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    for value in values:
        on = value >= low if on else above >= patience
        above = above + 1 if value > high else 0
        result.append(on)
    return result
