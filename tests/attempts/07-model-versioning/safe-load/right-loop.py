"""Collects what is not trusted in a loop."""


def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    strangers = []
    for kind in skops.io.get_untrusted_types(file=path):
        if kind not in trusted:
            strangers.append(kind)
    if len(strangers) > 0:
        raise ValueError("Not trusted: " + "; ".join(strangers))
    return skops.io.load(path, trusted=trusted)
