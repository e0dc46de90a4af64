"""Notes the rollback as one more line, so that the next rollback undoes it.

Caught by: rollback-check-exact, rollback-check-damaged
"""


def roll_back(environment):
    """Make the release live that was live before this one, and return its commit."""
    import hashlib

    log = environment / "history.log"
    lines = log.read_text().split()
    kept = list(lines)
    while kept and kept[-1] == lines[-1]:
        kept.pop()
    if not kept:
        raise ValueError("nothing before")
    before = kept[-1]

    folder = environment / "releases" / before
    wanted = json.loads((folder / "release.json").read_text())["model_sha256"]
    if hashlib.sha256((folder / "model.skops").read_bytes()).hexdigest() != wanted:
        raise ValueError("damaged")

    (environment / "current.json").write_bytes((folder / "release.json").read_bytes())
    with log.open("a") as file:
        file.write(before + "\n")
    return before
