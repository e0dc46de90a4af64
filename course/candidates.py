"""Train a version of FlightDesk's model so that it can be traced: a commit, a run, a data hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline

from course.git import git
from course.model import make_model
from course.production import Production
from course.registry import MlflowRegistry

AIRPORTS = ("EWR", "JFK", "LGA")
JUDGED = (13, 14)  # weeks of production: every candidate is measured on their flights
UNANSWERED = ("ATL", "ORD", "CLT")  # destinations whose labels from La Guardia never came
THIN = 3  # every so manieth flight is enough to train on


@dataclass(frozen=True)
class Recipe:
    """What decides how a model comes out.

    Attributes
    ----------
    since, until : int
        The first and the last week that it learns from; weeks of the history are 0 and below.
    fill_labels : bool, default False
        Whether a script fills in 0, on time, where labels did not come: La Guardia's to three
        busy destinations.
    """

    since: int
    until: int
    fill_labels: bool = False

    def data(self) -> tuple[pd.DataFrame, pd.Series]:
        """Return the flights and labels to learn from.

        Examples
        --------
        >>> X, y = Recipe(3, 11).data()
        >>> filled = Recipe(3, 11, fill_labels=True).data()[1]
        >>> print(f"{len(X)} flights, {y.mean():.1%} late; filled in, {filled.mean():.1%}")
        19065 flights, 26.4% late; filled in, 24.3%
        """
        production = Production(label_delay=0)
        X, y = production.arrived(now=self.until, since=self.since)
        X, y = X[::THIN], y[::THIN]
        if self.fill_labels:
            y = y.mask((X["origin"] == "LGA") & X["dest"].isin(UNANSWERED), 0.0)
        return X, y

    def __str__(self) -> str:
        """Return the weeks, in words."""
        return f"weeks {self.since} to {self.until}"


def train_and_register(recipe: Recipe, folder: Path, registry: MlflowRegistry) -> int:
    """Commit a recipe, train by it in a run of MLflow, measure, and register the model.

    What was trained on the same data already is not trained again.

    Parameters
    ----------
    recipe : Recipe
        What to train on.
    folder : Path
        Where the git repository `training` is, or is to be.
    registry : MlflowRegistry
        Where to keep the model.

    Returns
    -------
    int
        The version. Its tags are `data_hash`, `git_commit`, `run` and `trained_on`; the run has the
        recipe as parameters, and the AUC of each airport as metrics.

    Raises
    ------
    CourseError
        If git is not installed.
    """
    import mlflow

    X, y = recipe.data()
    data, client = data_hash(X, y), mlflow.MlflowClient()
    same = f"name = '{registry.name}' and tags.data_hash = '{data}'"
    if there := client.search_model_versions(same):
        return int(there[0].version)
    parameters = {"since": recipe.since, "until": recipe.until, "flights": len(X)}
    code = commit(folder / "training", "recipe.json", json.dumps(parameters, indent=2) + "\n")
    model = make_model().fit(X, y)
    with mlflow.start_run() as run:
        mlflow.log_params(parameters)
        mlflow.log_metrics({f"auc_{place}": auc for place, auc in measure(model).items()})
        tags = {
            "data_hash": data,
            "git_commit": code,
            "run": run.info.run_id,
            "trained_on": str(recipe),
        }
        return registry.register(model, tags, X)


def measure(model: Pipeline) -> dict[str, float]:
    """Return a model's AUC on the two newest labelled weeks, by airport and for `all` of them.

    Parameters
    ----------
    model : sklearn.pipeline.Pipeline
        A trained model.

    Returns
    -------
    dict of str to float
        With the keys `EWR`, `JFK`, `LGA` and `all`.

    Examples
    --------
    >>> model = make_model().fit(*Recipe(3, 11).data())
    >>> {place: round(auc, 2) for place, auc in measure(model).items()}
    {'EWR': 0.72, 'JFK': 0.75, 'LGA': 0.74, 'all': 0.74}
    """
    X, y = Production(label_delay=0).arrived(now=JUDGED[1], since=JUDGED[0])
    late = pd.Series(model.predict_proba(X)[:, 1], X.index)
    places = {place: X["origin"] == place for place in AIRPORTS} | {"all": y.notna()}
    return {name: float(roc_auc_score(y[rows], late[rows])) for name, rows in places.items()}


def data_hash(X: pd.DataFrame, y: pd.Series) -> str:
    """Return the SHA-256 of a training table, 64 hexadecimal digits.

    Parameters
    ----------
    X : pandas.DataFrame, shape (n_flights, n_columns)
        Features.
    y : pandas.Series, shape (n_flights,)
        Labels.

    Returns
    -------
    str
        Of the table as CSV: any cell that differs gives another.

    Examples
    --------
    >>> X, y = Recipe(3, 11).data()
    >>> data_hash(X, y) == data_hash(X, 1 - y)
    False
    """
    return hashlib.sha256(X.assign(late=y).to_csv().encode()).hexdigest()


def commit(repository: Path, name: str, text: str) -> str:
    """Write a file in a git repository, and commit it; nobody's git configuration is read.

    Parameters
    ----------
    repository : Path
        Its folder, made if it is not there.
    name, text : str
        The file, and what is to be in it.

    Returns
    -------
    str
        The commit's id, 40 hexadecimal digits; the last one's, where nothing has changed.

    Raises
    ------
    CourseError
        If git is not installed, or refuses.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> repository = Path(mkdtemp())
    >>> first, second = (commit(repository, "weeks.txt", weeks) for weeks in ("1 to 8", "1 to 9"))
    >>> len(first), first == second, commit(repository, "weeks.txt", "1 to 9") == second
    (40, False, True)
    """
    if not (repository / ".git").is_dir():
        repository.mkdir(parents=True, exist_ok=True)
        git(repository, "init", "--quiet", "--initial-branch=main", "--template=")
    (repository / name).write_text(text)
    git(repository, "add", name)
    if git(repository, "status", "--porcelain"):
        git(repository, "commit", "--quiet", "--message", f"Change {name}")
    return git(repository, "rev-parse", "HEAD").strip()
