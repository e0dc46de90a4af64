"""Put a release into staging, try it there, then into production.

An environment is a folder, $FLIGHTDESK_ENVIRONMENTS/NAME:

    releases/COMMIT/model.skops, release.json    what was ever deployed there
    current.json                                 a copy of the release.json that is live
    history.log                                  a line for each release that went live: its COMMIT
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

THRESHOLD = 0.25  # a flight with a higher probability is announced as late


def folder(environment: str) -> Path:
    """Return the folder of an environment."""
    return Path(os.environ["FLIGHTDESK_ENVIRONMENTS"]) / environment


def current(environment: str) -> dict | None:
    """Return the release that is live in an environment, if there is one."""
    file = folder(environment) / "current.json"
    return json.loads(file.read_text()) if file.exists() else None


def put(environment: str, model: Path, facts: dict) -> Path:
    """Copy a release into an environment and make it live there."""
    release = folder(environment) / "releases" / facts["commit"][:7]
    release.mkdir(parents=True, exist_ok=True)
    shutil.copy(model, release / "model.skops")
    facts = facts | {
        "threshold": THRESHOLD,
        "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
    }
    (release / "release.json").write_text(json.dumps(facts, indent=2))
    shutil.copy(release / "release.json", folder(environment) / "next.json")
    # A reader sees the old release or the new one, and never half a file.
    (folder(environment) / "next.json").replace(folder(environment) / "current.json")
    with (folder(environment) / "history.log").open("a") as history:
        history.write(f"{facts['commit'][:7]}\n")
    return release


def smoke_test(release: Path) -> bool:
    """Tell whether a deployed model answers a few flights with probabilities."""
    import pandas as pd
    import skops.io

    from flightdesk.features import features
    from flightdesk.model import TRUSTED

    model = skops.io.load(release / "model.skops", trusted=TRUSTED)
    answer = model.predict_proba(features(pd.read_csv("data/golden.csv").head()))
    return bool(((answer >= 0) & (answer <= 1)).all())


def main() -> None:
    """Deploy what is in artifacts/."""
    model = Path("artifacts/model.skops")
    facts = json.loads(Path("artifacts/facts.json").read_text())
    if not smoke_test(put("staging", model, facts)):
        print("The release does not work in staging, so it does not go further.")
        sys.exit(1)
    print("staging: the release answers")
    put("production", model, facts)
    print(f"production: version {facts['version']} of commit {facts['commit'][:7]} is live")


if __name__ == "__main__":
    main()
