"""An incident: three files with models, a log of predictions, and nobody knows which one served."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from course.flights import load_flights
from course.model import make_model
from course.production import Production

WEEK = 14  # of production: the first week of July
FILES = ("model_final.pkl", "model_final_v2.pkl", "model_final_v2_really.pkl")
SWAPPED = "2013-07-04T12:00"  # when somebody put another file in place, and told nobody
THIN = 3  # every so manieth flight is enough to train on


@dataclass(frozen=True)
class Incident:
    """What the team finds on the server.

    Attributes
    ----------
    models : Path
        A folder with three pickles.
    log : Path
        A line of JSON for each prediction: its time, the flight's number, the probability of
        being late, rounded to two decimals.
    """

    models: Path
    log: Path


def leave_three_files(folder: Path) -> Incident:
    """Train three models, pickle them, and log a week of predictions, as a team in a hurry does.

    Parameters
    ----------
    folder : Path
        Where to put the folder `models` and the file `predictions.jsonl`, in place of any that are
        there.

    Returns
    -------
    Incident
        Where they are.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> incident = leave_three_files(Path(mkdtemp()))
    >>> [file.name for file in sorted(incident.models.iterdir())]
    ['model_final.pkl', 'model_final_v2.pkl', 'model_final_v2_really.pkl']
    >>> print(incident.log.read_text()[:60])
    {"time": "2013-07-01T05:00", "flight": 166158, "late": 0.12}
    """
    incident = Incident(folder / "models", folder / "predictions.jsonl")
    shutil.rmtree(incident.models, ignore_errors=True)
    incident.models.mkdir()
    trained = _train_three()
    for name, model in zip(FILES, trained, strict=True):
        (incident.models / name).write_bytes(pickle.dumps(model))
    before, after = log_lines(trained[2]), log_lines(trained[1])
    swap = sum(json.loads(line)["time"] < SWAPPED for line in before)
    incident.log.write_text("\n".join([*before[:swap], *after[swap:]]) + "\n")
    return incident


def log_lines(model: Pipeline, uri: str | None = None, week: int = WEEK) -> list[str]:
    """Predict a week of flights, and return the log of it.

    Parameters
    ----------
    model : sklearn.pipeline.Pipeline
        A trained model.
    uri : str, optional
        Under which name it is known, such as `models:/flight-delays/3`: written in each line.
    week : int, default 14
        A week of production.

    Returns
    -------
    list of str
        A line of JSON for each flight, in the order of departure.
    """
    flights = Production().features(week)
    known = {} if uri is None else {"model": uri}
    return [
        json.dumps({"time": time, "flight": flight, **known, "late": score})
        for time, flight, score in zip(
            departures(flights.index), flights.index.tolist(), scores(model, flights), strict=True
        )
    ]


def scores(model: Pipeline, flights: pd.DataFrame) -> list[float]:
    """Return the probability of being late, with the two decimals that a log keeps.

    Parameters
    ----------
    model : sklearn.pipeline.Pipeline
        A trained model.
    flights : pandas.DataFrame, shape (n_flights, 13)
        Their features.

    Returns
    -------
    list of float
        One for each flight.
    """
    late: NDArray[np.float64] = model.predict_proba(flights)[:, 1]
    return [round(score, 2) for score in late.tolist()]


def departures(numbers: pd.Index) -> Sequence[str]:
    """Return when flights are scheduled to depart, in local time, such as `2013-07-01T05:00`."""
    year = load_flights().loc[numbers, ["year", "month", "day", "hour", "minute"]]
    times: list[str] = pd.to_datetime(year).dt.strftime("%Y-%m-%dT%H:%M").to_list()
    return times


def _train_three() -> list[Pipeline]:
    production = Production()
    X, y = production.arrived(now=10, since=1)
    # The third one lacks half a day: nearly the same, and not the same.
    return [_fit(*production.history()), _fit(X, y), _fit(X[600:], y[600:])]


def _fit(X: pd.DataFrame, y: pd.Series) -> Pipeline:
    model: Pipeline = make_model().fit(X[::THIN], y[::THIN])
    return model
