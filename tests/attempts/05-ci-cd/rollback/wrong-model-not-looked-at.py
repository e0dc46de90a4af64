"""Trusts the release that it finds.

Caught by: rollback-check-damaged
"""


def roll_back(environment):
    """Make the release live that was live before this one, and return its commit."""
    log = environment / "history.log"
    lines = log.read_text().split()
    kept = list(lines)
    while kept and kept[-1] == lines[-1]:
        kept.pop()
    if not kept:
        raise ValueError("nothing before")
    before = kept[-1]

    folder = environment / "releases" / before

    (environment / "current.json").write_bytes((folder / "release.json").read_bytes())
    log.write_text("".join(line + "\n" for line in kept))
    return before
