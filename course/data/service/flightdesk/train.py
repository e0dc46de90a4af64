"""Train a challenger on data/train.csv, and measure it on the golden set."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import skops.io
from sklearn.metrics import roc_auc_score

from flightdesk.features import features
from flightdesk.model import make_model

DATA = Path("data/train.csv")
ARTIFACTS = Path("artifacts")


def measure(model, golden: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return AUC and rows of the golden set, all of it and each airport."""
    slices = {"all": golden} | dict(list(golden.groupby("origin")))
    return {
        name: {
            "auc": round(roc_auc_score(rows["late"], model.predict_proba(features(rows))[:, 1]), 4),
            "rows": len(rows),
        }
        for name, rows in slices.items()
    }


def main() -> None:
    """Write the model, its metrics, and the hash of what it learned from."""
    train = pd.read_csv(DATA)
    model = make_model().fit(features(train), train["late"])
    metrics = measure(model, pd.read_csv("data/golden.csv"))
    ARTIFACTS.mkdir(exist_ok=True)
    skops.io.dump(model, ARTIFACTS / "model.skops")
    facts = {"data": hashlib.sha256(DATA.read_bytes()).hexdigest(), "metrics": metrics}
    (ARTIFACTS / "facts.json").write_text(json.dumps(facts, indent=2))
    print(pd.DataFrame(metrics).T.astype({"rows": int}).to_string())


if __name__ == "__main__":
    main()
