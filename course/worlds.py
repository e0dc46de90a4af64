"""Small worlds of which the truth is known, to try monitors and retraining policies on.

A world is traffic as `course.production.Production` is, half a year of it and made up: three
features, a label that arrives late, and from some week on one thing that is different. What it is
follows from the world's kind, and when from its seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from course.production import LabelsNotArrived, is_golden

KINDS = {
    "stable": "nothing changes",
    "unused feature": "fares rise, and lateness has nothing to do with fares",
    "unit bug": "the feed sends loads as 0.7 where it sent 70, until it is mended",
    "concept": "within six weeks, full flights become the punctual ones",
    "season": "wind and load come and go with the season, and so does what they do",
    "poisoned": "for some weeks nine of ten labels arrive the wrong way round",
}
HISTORY = 8  # weeks before the first
WEEKS = 26
TURN = 6  # weeks that a concept takes to change
REPAIR = 5  # weeks until a unit bug is mended, or a source of poisoned labels is closed

FEATURES = pd.Index(["load", "wind", "fare"])
MEAN, SPREAD = np.array([70.0, 12.0, 180.0]), np.array([12.0, 4.0, 40.0])
EFFECT = np.array([1.2, 0.9, 0.0])  # log odds of being late for each standard deviation


Week = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]


@dataclass(frozen=True)
class World:
    """Half a year of made-up traffic in which one thing changes.

    Equal arguments give equal rows, and worlds of one seed share their draws: `World("stable", 1)`
    is what `World("concept", 1)` would have been without its change.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    seed : int
        Anything from 0.
    label_delay : int, default 2
        Weeks until the labels of a week arrive.
    rows : int, default 1000
        Flights a week.

    Raises
    ------
    ValueError
        If there is no such kind.

    Examples
    --------
    >>> world = World("concept", seed=7)
    >>> world.features(20).round(1).head(2)
           load  wind   fare
    27000  89.4  13.2  188.3
    27001  72.9  12.2  182.2
    >>> world.change  # the week in which it starts
    10
    """

    kind: str
    seed: int
    label_delay: int = 2
    rows: int = 1000

    def __post_init__(self) -> None:
        """Refuse a kind that there is not."""
        if self.kind not in KINDS:
            raise ValueError(f"A world is one of {', '.join(KINDS)}: not {self.kind!r}.")

    @property
    def weeks(self) -> range:
        """The weeks of production, 1 to 26."""
        return range(1, WEEKS + 1)

    @property
    def change(self) -> int:
        """The first week that is different, 6 to 10 by the seed."""
        return 6 + int(np.random.default_rng([self.seed, 0]).integers(5))

    def features(self, week: int) -> pd.DataFrame:
        """Return the features of a week as the feed sends them.

        Parameters
        ----------
        week : int
            A week from -7, the oldest of the history, to 26.

        Returns
        -------
        pandas.DataFrame, shape (rows, 3)
            `load`, seats taken in percent; `wind` in knots; `fare` in dollars. The index numbers
            all flights of the world.

        Raises
        ------
        ValueError
            If the world has no such week.
        """
        return self._features(week, week)

    def labels(self, week: int, now: int) -> pd.Series:
        """Return the labels of a week as they arrive, if they have arrived.

        Parameters
        ----------
        week, now : int
            A week, and the week that it is.

        Returns
        -------
        pandas.Series, shape (rows,)
            1.0 for late, 0.0 for not late; in a poisoned week mostly the wrong way round.

        Raises
        ------
        LabelsNotArrived
            If they arrive later than `now`.
        ValueError
            If the world has no such week.
        """
        if week > 0 and now < week + self.label_delay:
            raise LabelsNotArrived(
                f"The labels of week {week} arrive in week {week + self.label_delay}; "
                f"it is week {now} now."
            )
        return self._labels(week, week, arrived=True)

    def truth(self, week: int) -> pd.Series:
        """Return what really became of a week's flights, for judging afterwards.

        Parameters
        ----------
        week : int
            A week from -7 to 26.

        Returns
        -------
        pandas.Series, shape (rows,)
            1.0 for late, 0.0 for not late.

        Raises
        ------
        ValueError
            If the world has no such week.
        """
        return self._labels(week, week, arrived=False)

    def arrived(self, now: int, since: int | None = None) -> tuple[pd.DataFrame, pd.Series]:
        """Return all flights whose label has arrived, from the week `since` on.

        Parameters
        ----------
        now : int
            The week that it is; 0 is the eve of production, when the history's labels are there.
        since : int, optional
            The first week to take; by default the history's first.

        Returns
        -------
        X : pandas.DataFrame, shape (n_flights, 3)
            As `features`.
        y : pandas.Series, shape (n_flights,)
            As `labels`.
        """
        first = max(1 - HISTORY, since if since is not None else 1 - HISTORY)
        newest = min(max(now - self.label_delay, 0), WEEKS)
        return self._features(first, newest), self._labels(first, newest, arrived=True)

    def history(self) -> tuple[pd.DataFrame, pd.Series]:
        """Return the eight weeks on which the first model is trained: `arrived(now=0)`."""
        return self.arrived(now=0)

    def _features(self, first: int, last: int) -> pd.DataFrame:
        standard = [week[0] for week in self._weeks(first, last)]
        table = np.concatenate(standard or [np.empty((0, 3))]) * SPREAD + MEAN
        return pd.DataFrame(table, index=self._index(first, last), columns=FEATURES)

    def _labels(self, first: int, last: int, arrived: bool) -> pd.Series:
        late = [week[2 if arrived else 1] for week in self._weeks(first, last)]
        values = np.concatenate(late or [np.empty(0)])
        return pd.Series(values, index=self._index(first, last), name="late")

    def _weeks(self, first: int, last: int) -> list[Week]:
        return [_week(self, week) for week in range(first, last + 1)]

    def _index(self, first: int, last: int) -> pd.RangeIndex:
        start = (first + HISTORY - 1) * self.rows
        return pd.RangeIndex(start, max(start, (last + HISTORY) * self.rows))


@lru_cache(maxsize=4096)
def _week(world: World, week: int) -> Week:
    """Return a week's features in standard deviations, its true labels, and those that arrive."""
    if not 1 - HISTORY <= week <= WEEKS:
        raise ValueError(f"A world has the weeks {1 - HISTORY} to {WEEKS}: there is no {week}.")
    rng = np.random.default_rng([world.seed, week + HISTORY])
    standard, luck = rng.normal(size=(world.rows, 3)), rng.random(world.rows)
    flipped = rng.random(world.rows) < 0.9
    changed = week >= world.change
    effect = EFFECT
    if world.kind == "unused feature" and changed:
        standard[:, 2] += 1.5
    if world.kind == "concept" and changed:
        done = min((week - world.change + 1) / TURN, 1.0)
        effect = EFFECT + done * np.array([-1.95, 0.3, 0.0])
    if world.kind == "season":
        height = (1 - np.cos(2 * np.pi * max(week, 0) / WEEKS)) / 2  # 0, then 1 in the middle
        standard[:, :2] += height * np.array([1.2, -0.8])
        effect = EFFECT - height * np.array([1.7, 0.0, 0.0])

    truth = (luck < 1 / (1 + np.exp(-standard @ effect))).astype(float)
    arrives = truth
    if changed and week < world.change + REPAIR:
        if world.kind == "unit bug":
            standard[:, 0] = ((standard[:, 0] * SPREAD[0] + MEAN[0]) / 100 - MEAN[0]) / SPREAD[0]
        if world.kind == "poisoned":
            golden = is_golden(pd.RangeIndex(world.rows) + (week + HISTORY - 1) * world.rows)
            arrives = np.where(flipped & ~golden, 1 - truth, truth)
    return standard, truth, arrives
