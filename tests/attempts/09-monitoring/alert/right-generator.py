"""Yields week by week inside, and makes a list of it."""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""

    def weeks():
        waiting, ringing = patience, False
        for value in values:
            if ringing and value < low:
                ringing, waiting = False, patience
            elif not ringing:
                waiting = waiting - 1 if value > high else patience
                ringing = waiting <= 0
            yield ringing

    return list(weeks())
