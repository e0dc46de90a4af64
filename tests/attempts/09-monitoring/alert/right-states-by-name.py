"""A machine with two states, and the list of the latest weeks."""


def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    state, recent, result = "off", [], []
    for value in values:
        if state == "on":
            if value < low:
                state, recent = "off", []
        else:
            recent.append(value)
            last = recent[-patience:]
            if len(last) == patience and all(v > high for v in last):
                state = "on"
        result.append(state == "on")
    return result
