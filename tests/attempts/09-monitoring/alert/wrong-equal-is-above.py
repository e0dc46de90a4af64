"""Takes a value that equals the high bar for one above it.

Caught by: alert-check-patience, alert-check-lasts
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    for value in values:
        above = above + 1 if value >= high else 0
        on = value >= low if on else above >= patience
        result.append(on)
    return result
