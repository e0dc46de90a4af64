"""Does not start the count anew when an alarm ends.

Caught by: alert-check-lasts, alert-check-quiet
"""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    on, above, result = False, 0, []
    for value in values:
        if on:
            on = value >= low
        else:
            above = above + 1 if value > high else 0
            if above >= patience:
                on = True
        if on and above < patience:
            above = patience
        result.append(on)
    return result
