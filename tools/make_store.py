"""Make course/data/mlflow-store.sql: the installed MLflow's tables, empty.

MLflow takes seconds to make them, and a workspace needs them at once. `python tools/make_store.py`
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"  # read when mlflow is imported

import mlflow

STORE = Path(__file__).parents[1] / "course" / "data" / "mlflow-store.sql"


def main() -> None:
    """Let MLflow make a store and write it down."""
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch, "mlflow.db")
        mlflow.MlflowClient(f"sqlite:///{database}").search_experiments()
        with closing(sqlite3.connect(database)) as store:
            # The default experiment holds a path of this machine; MLflow makes another at once.
            store.execute("DELETE FROM experiments")
            lines = "\n".join(store.iterdump()).splitlines()
    STORE.write_text("".join(f"{line.rstrip()}\n" for line in lines), encoding="utf-8")
    print(f"{STORE.name}  MLflow {mlflow.__version__}  {STORE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
