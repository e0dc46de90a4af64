"""Ends as soon as the value is no longer above the high bar.

Caught by: alert-check-patience, alert-check-lasts
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    streak, result = 0, []
    for value in values:
        streak = streak + 1 if value > high else 0
        result.append(streak >= patience)
    return result
