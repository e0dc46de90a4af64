"""An environment's folder: the releases that were deployed there, and the one that is live."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd


def history(environment: Path) -> pd.DataFrame:
    """Return the releases of an environment that went live, the live one last.

    Parameters
    ----------
    environment : Path
        Its folder, as `flightdesk/deploy.py` of the project describes it.

    Returns
    -------
    pandas.DataFrame, shape (n_releases, 3 + n_slices)
        The index is the commit, the columns the model's version in the registry, whether it is
        live, and its AUC for "all" and for each airport. Without rows before the first deployment.

    Examples
    --------
    >>> import tempfile
    >>> folder = practice(Path(tempfile.mkdtemp()) / "production", ["aaaaaaa", "bbbbbbb"])
    >>> history(folder)["live"].to_dict()
    {'aaaaaaa': False, 'bbbbbbb': True}
    """
    file = environment / "history.log"
    commits = file.read_text(encoding="utf-8").split() if file.exists() else []
    current = environment / "current.json"
    live = json.loads(current.read_text(encoding="utf-8"))["commit"] if current.exists() else ""
    rows = []
    for commit in commits:
        release = environment / "releases" / commit / "release.json"
        facts = json.loads(release.read_text(encoding="utf-8"))
        auc = {name: metric["auc"] for name, metric in facts["metrics"].items()}
        rows.append({"version": facts["version"], "live": facts["commit"] == live} | auc)
    return pd.DataFrame(rows, index=pd.Index(commits, name="commit"))


def practice(
    environment: Path, commits: Sequence[str], damaged: Sequence[str] = (), seed: int = 0
) -> Path:
    """Make an environment to practice on, in which some releases went live.

    Parameters
    ----------
    environment : Path
        A folder; what is in it is deleted.
    commits : sequence of str
        The lines of its `history.log`.
    damaged : sequence of str
        Commits whose model file is no longer what it was when it was deployed.
    seed : int, default 0
        Of the bytes of the models.

    Returns
    -------
    Path
        The folder.

    Examples
    --------
    >>> import tempfile
    >>> folder = practice(Path(tempfile.mkdtemp()) / "production", ["aaaaaaa", "bbbbbbb"])
    >>> sorted(path.name for path in folder.iterdir())
    ['current.json', 'history.log', 'releases']
    """
    shutil.rmtree(environment, ignore_errors=True)
    rng = np.random.default_rng(seed)
    for version, commit in enumerate(dict.fromkeys(commits), start=1):
        release = environment / "releases" / commit
        release.mkdir(parents=True)
        model = rng.bytes(200)
        (release / "model.skops").write_bytes(rng.bytes(200) if commit in damaged else model)
        facts = {
            "commit": commit,
            "version": version,
            "metrics": {"all": {"auc": round(rng.uniform(0.6, 0.7), 4), "rows": 6000}},
            "threshold": round(rng.uniform(0.2, 0.4), 2),
            "model_sha256": hashlib.sha256(model).hexdigest(),
        }
        (release / "release.json").write_text(json.dumps(facts, indent=2), encoding="utf-8")
    shutil.copy(
        environment / "releases" / commits[-1] / "release.json", environment / "current.json"
    )
    (environment / "history.log").write_text("".join(f"{commit}\n" for commit in commits))
    return environment
