"""Returns the positions of the weeks with an alarm.

Caught by: alert-check-patience, alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    for week, value in enumerate(values):
        above = above + 1 if value > high else 0
        on = value >= low if on else above >= patience
        if on:
            result.append(week)
    return result
