"""Joins equal neighbours with itertools, and uses the table of the course."""


def roll_back(environment):
    """Make the release live that was live before this one, and return its commit."""
    import hashlib
    from itertools import groupby

    commits = [commit for commit, _ in groupby(history(environment).index)]
    if len(commits) < 2:
        raise ValueError("nothing to go back to")
    *_, before, _ = commits
    folder = environment / "releases" / before
    text = (folder / "release.json").read_text(encoding="utf-8")
    digest = hashlib.new("sha256", (folder / "model.skops").read_bytes())
    if digest.digest() != bytes.fromhex(json.loads(text)["model_sha256"]):
        raise ValueError("damaged")
    (environment / "current.json").write_text(text, encoding="utf-8")
    (environment / "history.log").write_text("\n".join(commits[:-1]) + "\n")
    return before
