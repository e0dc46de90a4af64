"""A year in production, computed once: what three models would have done, week by week.

Whatever a learner then moves (week, threshold, costs) is looked up in small tables of counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import vstack
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

from course.flights import load_flights
from course.model import make_model
from course.production import Production

MODELS = ("leaky", "honest", "retrained")
RETRAIN_EVERY = 4  # weeks
WINDOW = 9  # weeks of the newest labels that a retrained model learns from
LABEL_DELAY = 2  # weeks until an outcome has found its way from the airlines to FlightDesk


@dataclass(frozen=True)
class Replay:
    """What one model did in each production week, at every threshold.

    Attributes
    ----------
    starts : list of datetime.date, length n_weeks
        The Monday on which each week begins.
    late, punctual : numpy.ndarray, shape (n_weeks,)
        Flights that arrived late, and that did not.
    expected : numpy.ndarray, shape (n_weeks,)
        The share of late flights that the model expected: its mean probability.
    auc : numpy.ndarray, shape (n_weeks,)
        Area under the ROC curve of each week.
    notebook_auc : float
        The AUC that was measured before the model was shipped: trained on January and February,
        tested on March.
    missed, false_alarms : numpy.ndarray, shape (n_weeks, 101)
        Mistakes by threshold, column k for k percent: late flights without a warning, and
        punctual flights with one.
    """

    starts: list[datetime.date]
    late: NDArray[np.int_]
    punctual: NDArray[np.int_]
    expected: NDArray[np.float64]
    auc: NDArray[np.float64]
    notebook_auc: float
    missed: NDArray[np.int_]
    false_alarms: NDArray[np.int_]

    def cost(self, threshold: float, false_alarm: float, miss: float) -> NDArray[np.float64]:
        """Return what the mistakes of each week cost.

        Parameters
        ----------
        threshold : float
            Warn at this probability and above; rounded to whole percent.
        false_alarm, miss : float
            Euros for a needless warning, and for a late flight without one.

        Returns
        -------
        numpy.ndarray, shape (n_weeks,)
            Euros.
        """
        percent = round(threshold * 100)
        return self.false_alarms[:, percent] * false_alarm + self.missed[:, percent] * miss


@lru_cache(maxsize=1)
def replay_year() -> Mapping[str, Replay]:
    """Train the three models and send the production weeks of 2013 through each.

    `leaky` also learned from the departure delay, which is empty when a prediction is due;
    `honest` is trained on January to March and then left alone; `retrained` is the honest one, its
    classifier trained anew every four weeks on the nine newest weeks of labels that have arrived.

    Returns
    -------
    mapping of str to Replay
        One for each of `MODELS`. It takes a few seconds, once in a process.

    Examples
    --------
    >>> year = replay_year()
    >>> f"{year['leaky'].notebook_auc:.2f} {year['honest'].notebook_auc:.2f}"
    '0.92 0.71'
    """
    production = Production(label_delay=LABEL_DELAY)
    X, late = production.history()
    delay = load_flights(months=[1, 2, 3])["dep_delay"]

    def with_delay(table: pd.DataFrame) -> pd.DataFrame:
        # In production the column is there and empty: the aircraft has not left yet.
        return table.assign(dep_delay=delay.reindex(table.index))

    march = X.index.isin(load_flights(months=[3]).index)

    def notebook_auc(table: pd.DataFrame) -> float:
        candidate = make_model().fit(table[~march], late[~march])
        return float(roc_auc_score(late[march], candidate.predict_proba(table[march])[:, 1]))

    honest = make_model().fit(X, late)
    leaky = make_model().fit(with_delay(X), late)

    # Encoding the flights takes longer than training on them: each is encoded once, and the
    # retrained model keeps the encoding of the honest one.
    encode, classifier = honest[:-1].transform, honest[-1]
    seen, encoded = X.index, [encode(X)]
    retrained = classifier
    scored: dict[str, list[NDArray[np.float64]]] = {model: [] for model in MODELS}
    for first in production.weeks[::RETRAIN_EVERY]:
        if first > 1:
            last_week = first - 1
            oldest = last_week - LABEL_DELAY - WINDOW + 1
            _, outcome = production.arrived(now=last_week, since=oldest)
            newest = vstack(encoded).tocsr()[seen.get_indexer(outcome.index)]
            retrained = clone(classifier).fit(newest, outcome)
        weeks = production.weeks[first - 1 : first - 1 + RETRAIN_EVERY]
        batch = pd.concat([production.features(week) for week in weeks])
        seen = seen.append(batch.index)
        encoded.append(encode(batch))
        scored["leaky"].append(leaky.predict_proba(with_delay(batch))[:, 1])
        scored["honest"].append(classifier.predict_proba(encoded[-1])[:, 1])
        scored["retrained"].append(retrained.predict_proba(encoded[-1])[:, 1])

    outcomes = [production.labels(week, now=week + LABEL_DELAY) for week in production.weeks]
    starts = [production.start(week) for week in production.weeks]
    promises = {"leaky": notebook_auc(with_delay(X)), "honest": notebook_auc(X)}
    promises["retrained"] = promises["honest"]
    return {
        model: _tally(starts, outcomes, np.concatenate(scored[model]), promises[model])
        for model in MODELS
    }


def _tally(
    starts: list[datetime.date],
    outcomes: list[pd.Series],
    scored: NDArray[np.float64],
    notebook_auc: float,
) -> Replay:
    thresholds = np.arange(101) / 100
    rows = []
    ends = np.cumsum([len(outcome) for outcome in outcomes])
    for outcome, scores in zip(outcomes, np.split(scored, ends[:-1]), strict=True):
        late, punctual = np.sort(scores[outcome == 1]), np.sort(scores[outcome == 0])
        known = outcome.notna()
        rows.append(
            (
                len(late),
                len(punctual),
                scores[known].mean(),
                roc_auc_score(outcome[known], scores[known]),
                np.searchsorted(late, thresholds),
                len(punctual) - np.searchsorted(punctual, thresholds),
            )
        )
    late_, punctual_, expected, auc, missed, false_alarms = map(np.array, zip(*rows, strict=True))
    return Replay(starts, late_, punctual_, expected, auc, notebook_auc, missed, false_alarms)
