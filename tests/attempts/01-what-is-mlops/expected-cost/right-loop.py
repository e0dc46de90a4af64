"""A beginner's loop over the flights."""


def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    total = 0
    for i in range(len(late)):
        warned = probability[i] >= threshold
        if warned and late[i] == 0:
            total = total + false_alarm
        elif not warned and late[i] == 1:
            total = total + miss
    return total / len(late)
