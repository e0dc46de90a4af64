"""Batches to try a monitor on: the months of 2013, and weeks of small worlds, each with its truth.

All that takes time (reading, training, scoring) is done once; what a slider moves is then looked up
or added.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, cross_val_predict

from course import drift, flights
from course.model import make_model
from course.worlds import HISTORY, WEEKS, World

MONTHS = {name: month for month, name in enumerate(calendar.month_name) if month > 3}
WORLDS = {
    "stable": "A stable week",
    "unused feature": "A week of higher fares",
    "unit bug": "A week with a unit bug",
    "concept": "A week of another concept",
}
FLIGHT_FEATURES = {
    "temp": "temperature (°F)",
    "dewp": "dew point (°F)",
    "humid": "humidity (%)",
    "wind": "wind (mph)",
    "pressure": "pressure (millibar)",
    "visib": "visibility (miles)",
    "time_of_day": "time of day (h)",
    "distance": "distance (miles)",
}
WORLD_FEATURES = {"load": "load (% of seats)", "wind": "wind (knots)", "fare": "fare (dollars)"}

LARGEST = 200_000  # rows of a world's reference, and of its batch
ENOUGH = 30_000  # rows of a world on which its model is trained, and judged: as many as a month has
SEED = 6  # of the worlds; by luck nothing in it looks moved, be the sample small or large
LOOK = 5_000  # rows that show which feature moved most


class Quality(NamedTuple):
    """How good a model's probabilities are, by the true labels.

    Attributes
    ----------
    auc : float
        Area under the ROC curve: does the model rank late flights first?
    expected, came : float
        The share of late flights: the model's mean probability, and the truth.
    brier : float
        The mean squared error of the probabilities.
    """

    auc: float
    expected: float
    came: float
    brier: float


@dataclass(frozen=True, eq=False)
class Table:
    """Rows in random order: the first of them are a sample.

    Attributes
    ----------
    rows : pandas.DataFrame, shape (n_rows, n_features)
        The rows.
    """

    rows: pd.DataFrame

    @cached_property
    def spread(self) -> pd.Series:
        """The standard deviation of each column."""
        return self.rows.std()


@dataclass(frozen=True, eq=False)
class Scene:
    """A batch, the reference that its model learned from, and the truth about the model.

    Attributes
    ----------
    title : str
        What the batch is.
    features : mapping of str to str
        The features, each with its name and unit.
    reference, batch : Table
        What the monitor compares.
    before : Quality
        The model on the reference, cross-validated in two folds.
    judged : pandas.DataFrame, shape (n_labelled, n_features)
        Rows of the batch with a label.
    log_odds, late : numpy.ndarray, shape (n_labelled,)
        What the model says of them, and what became of them.
    slopes : mapping of str to float
        Log odds that a unit of each feature adds.
    """

    title: str
    features: Mapping[str, str]
    reference: Table
    batch: Table
    before: Quality
    judged: pd.DataFrame
    log_odds: NDArray[np.float64]
    late: NDArray[np.float64]
    slopes: Mapping[str, float]

    @cached_property
    def moved_most(self) -> str:
        """The feature with the highest PSI, to one decimal; the first of those that are equal."""
        found = {}
        for name in self.features:
            old, new = sample(self.reference, name, LOOK), sample(self.batch, name, LOOK)
            found[name] = round(drift.psi(old, new), 1)
        return max(found, key=lambda name: found[name])


@lru_cache(maxsize=1)
def scenes() -> Mapping[str, Scene]:
    """Return all scenes by name, the months of 2013 first.

    FlightDesk's model learned from January to March, that of the worlds from the weeks before
    their first.

    Returns
    -------
    mapping of str to Scene
        One for each of `MONTHS` and of `WORLDS`. It takes some two seconds, once in a process.

    Examples
    --------
    >>> june, fares = scenes()["June"], scenes()["unused feature"]
    >>> june.moved_most, fares.moved_most
    ('temp', 'fare')
    """
    return _months() | _worlds()


@lru_cache(maxsize=4096)
def quality(scene: Scene, feature: str, shift: float) -> Quality:
    """Return how good the model is on a batch if the feed adds something to a feature.

    Parameters
    ----------
    scene : Scene
        The batch.
    feature : str
        One of its features.
    shift : float
        What the feed adds, in the unit of the feature. The flights stay as they were.

    Returns
    -------
    Quality
        Measured on the labelled rows, 13,000 of a month and more: the standard error of the AUC is
        below 0.01.

    Examples
    --------
    >>> fares = scenes()["unused feature"]
    >>> f"{fares.before.auc:.2f} {quality(fares, 'fare', 80).auc:.2f}"
    '0.81 0.81'
    """
    # The model is linear: what is added moves the log odds by its slope. What is missing stays so.
    moved = shift * scene.slopes[feature] * scene.judged[feature].notna().to_numpy()
    return _measured(scene.late, expit(scene.log_odds + moved))


@lru_cache(maxsize=1024)
def sample(table: Table, feature: str, rows: int) -> NDArray[np.float64]:
    """Return the known values of a feature among some rows of a table, sorted.

    Parameters
    ----------
    table : Table
        The table.
    feature : str
        One of its columns.
    rows : int
        How many rows; all, if there are fewer.

    Returns
    -------
    numpy.ndarray, shape (n_known,)
        The values. Do not write to them: they are remembered.

    Examples
    --------
    >>> sample(Table(pd.DataFrame({"temp": [50.0, np.nan, 41.0, 39.0]})), "temp", rows=3)
    array([41., 50.])
    """
    order = _order(table, feature)
    return table.rows[feature].to_numpy(dtype=float)[order[order < rows]]


@lru_cache(maxsize=256)
def _order(table: Table, feature: str) -> NDArray[np.intp]:
    """Return the rows of a table by their value, without those that have none."""
    values = table.rows[feature].to_numpy(dtype=float)
    return np.argsort(values)[: np.count_nonzero(~np.isnan(values))]  # NaN comes last


def _months() -> dict[str, Scene]:
    year = flights.load_flights()
    X = flights.features(year, flights.load_weather()).rename(columns={"wind_speed": "wind"})
    late, month = flights.labels(year), year["month"]
    judge = _Judge(X[month <= 3], late[month <= 3], FLIGHT_FEATURES)
    batches = {name: month == number for name, number in MONTHS.items()}
    return {name: judge.scene(name, X[rows], late[rows]) for name, rows in batches.items()}


def _worlds() -> dict[str, Scene]:
    X, late = World("stable", SEED, rows=LARGEST // HISTORY).history()
    some = np.arange(LARGEST) < ENOUGH  # the rows whose label is used
    judge = _Judge(X, late.where(some), WORLD_FEATURES)
    found = {}
    for kind, title in WORLDS.items():
        world = World(kind, SEED, rows=LARGEST)
        week = world.change if kind == "unit bug" else WEEKS  # a unit bug is mended by then
        found[kind] = judge.scene(title, world.features(week), world.truth(week).where(some))
    return found


class _Judge:
    """A model and the reference that it learned from: makes scenes of other batches."""

    def __init__(self, X: pd.DataFrame, late: pd.Series, features: Mapping[str, str]) -> None:
        self.features, self.reference = features, _shuffled(X[list(features)])
        X, y = _labelled(X, late)
        self.encoder, classifier = make_model()[:-1], make_model()[-1]
        encoded = self.encoder.fit_transform(X)  # takes longer than training, so it is done once
        folds = KFold(2, shuffle=True, random_state=0)
        chance = cross_val_predict(classifier, encoded, y, cv=folds, method="predict_proba")
        self.before = _measured(y, chance[:, 1])
        self.classifier = classifier.fit(encoded, y)
        # A flight as it is, and with one unit more of each feature.
        one = X.dropna()[:1]
        more = [one.assign(**{feature: one[feature] + 1}) for feature in features]
        log_odds = self.log_odds(pd.concat([one, *more]))
        self.slopes = dict(zip(features, log_odds[1:] - log_odds[0], strict=True))

    def log_odds(self, X: pd.DataFrame) -> NDArray[np.float64]:
        return np.asarray(self.classifier.decision_function(self.encoder.transform(X)))

    def scene(self, title: str, X: pd.DataFrame, late: pd.Series) -> Scene:
        names = list(self.features)
        batch = _shuffled(X[names])
        X, y = _labelled(X, late)
        return Scene(
            title, self.features, self.reference, batch, self.before,
            judged=X[names], log_odds=self.log_odds(X), late=y, slopes=self.slopes,
        )  # fmt: skip


def _shuffled(table: pd.DataFrame) -> Table:
    return Table(table.sample(frac=1, random_state=0))


def _labelled(X: pd.DataFrame, late: pd.Series) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    arrived = late.notna()
    return X[arrived], late[arrived].to_numpy()


def _measured(late: NDArray[np.float64], probability: NDArray[np.float64]) -> Quality:
    return Quality(
        auc=float(roc_auc_score(late, probability)),
        expected=float(probability.mean()),
        came=float(late.mean()),
        brier=float(np.mean((probability - late) ** 2)),
    )
