"""Goes up through the sorted values until few enough lie above."""


def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    for candidate in sorted(quiet):
        above = sum(value > candidate for value in quiet)
        if above / len(quiet) <= budget:
            return candidate
