"""Rings in the weeks that led to the start, too.

Caught by: alert-check-patience, alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    for i, value in enumerate(values):
        above = above + 1 if value > high else 0
        on = value >= low if on else above >= patience
        result.append(on)
        if on:
            for j in range(max(i - patience + 1, 0), i):
                result[j] = True
    return result
