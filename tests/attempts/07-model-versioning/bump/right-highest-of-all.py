"""Ranks each column's change, and returns the highest rank."""


def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""

    def rank(a, b):
        if a is None:
            return 2 if b.required else 1
        if b is None or a.type != b.type or (b.required and not a.required):
            return 2
        return int(a.required and not b.required)

    a, b = old.input_dict(), new.input_dict()
    ranks = [rank(a.get(name), b.get(name)) for name in {*a, *b}]
    return np.array(["patch", "minor", "major"])[max(ranks)]
