"""2013 replayed as production traffic: a batch of flights each week, its labels weeks later."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from course import flights

FIRST_DAY = date(2013, 4, 1)  # a Monday
LAST_WEEK = 39
GOLDEN = 10  # one flight in so many has its outcome checked by a person


class LabelsNotArrived(LookupError):  # noqa: N818 - nothing is wrong: the labels are still to come
    """The labels of a week were asked for before they arrived."""


@dataclass(frozen=True)
class Production:
    """FlightDesk's traffic from April to December 2013, week by week.

    A week runs from Monday to Sunday. Week 1 starts on 1 April; week 39 has nine days, because it
    takes the two that are left of the year. The weeks up to 0 are January to March, the history
    that the first model is trained on: its labels are there from the start. *Now* is the end of a
    week.

    Every call with the same arguments returns the same rows, in the order of `load_flights`, and
    the index is the number that a flight has there.

    Parameters
    ----------
    label_delay : int, default 2
        Weeks until the labels of a batch arrive. With 0 they are there at the end of its own week.

    Raises
    ------
    ValueError
        If `label_delay` is not a number of weeks from 0 to 52.

    Examples
    --------
    >>> production = Production(label_delay=2)
    >>> X, y = production.history()
    >>> for week in production.weeks[:3]:
    ...     batch = production.features(week)  # predict these now
    ...     X, y = production.arrived(now=week)  # learn from these
    ...     print(production.start(week), len(batch), len(X))
    2013-04-01 6592 77911
    2013-04-08 6613 77911
    2013-04-15 6622 84469
    """

    label_delay: int = 2
    weeks: ClassVar[range] = range(1, LAST_WEEK + 1)

    def __post_init__(self) -> None:
        """Refuse a delay that is not a number of weeks."""
        if self.label_delay not in range(53):
            raise ValueError(f"label_delay is 0 to 52 weeks, not {self.label_delay!r}.")

    def start(self, week: int) -> date:
        """Return the first day of a week, a Monday.

        Parameters
        ----------
        week : int
            A week of production, 1 to 39.

        Raises
        ------
        ValueError
            If production has no such week.

        Examples
        --------
        >>> Production().start(39)
        datetime.date(2013, 12, 23)
        """
        self._require(week)
        return FIRST_DAY + timedelta(weeks=week - 1)

    def features(self, week: int) -> pd.DataFrame:
        """Return the features of all flights scheduled in a week, those later cancelled included.

        Parameters
        ----------
        week : int
            A week of production, 1 to 39.

        Returns
        -------
        pandas.DataFrame, shape (n_flights, 13)
            The columns of `course.flights.features`.

        Raises
        ------
        ValueError
            If production has no such week.

        Examples
        --------
        >>> Production().features(1).shape
        (6592, 13)
        """
        self._require(week)
        X, _, weeks = _year()
        return X.iloc[_rows(weeks, week, week)]

    def labels(self, week: int, now: int) -> pd.Series:
        """Return the labels of a week's flights, if they have arrived.

        Parameters
        ----------
        week : int
            A week of production, 1 to 39.
        now : int
            The week that it is; the last labels arrive in week 39 + `label_delay`.

        Returns
        -------
        pandas.Series, shape (n_flights,)
            `late` of `course.flights.labels`, for the rows of `features(week)`: NaN where a label
            never arrives, because the flight was cancelled or diverted.

        Raises
        ------
        LabelsNotArrived
            If the labels arrive later than `now`.
        ValueError
            If production has no such week.

        Examples
        --------
        >>> Production(label_delay=2).labels(1, now=3).value_counts(dropna=False).to_dict()
        {0.0: 5182, 1.0: 1376, nan: 34}
        """
        self._require(week)
        arrival = week + self.label_delay
        if now < arrival:
            raise LabelsNotArrived(
                f"The labels of week {week} arrive in week {arrival}; it is week {now} now."
            )
        _, y, weeks = _year()
        return y.iloc[_rows(weeks, week, week)]

    def truth(self, week: int) -> pd.Series:
        """Return what really became of a week's flights, for judging a policy afterwards.

        Parameters
        ----------
        week : int
            A week of production, 1 to 39.

        Returns
        -------
        pandas.Series, shape (n_flights,)
            As `labels`, whenever they arrive.

        Raises
        ------
        ValueError
            If production has no such week.

        Examples
        --------
        >>> Production(label_delay=8).truth(39).mean().round(2)
        np.float64(0.27)
        """
        return self.labels(week, now=week + self.label_delay)

    def arrived(self, now: int, since: int | None = None) -> tuple[pd.DataFrame, pd.Series]:
        """Return all flights whose label has arrived: what a model can be trained on now.

        Parameters
        ----------
        now : int
            The week that it is; 0 is the eve of production.
        since : int, optional
            The first week to take. Weeks before 1 reach back into the history, which starts in
            week -12. The default takes everything.

        Returns
        -------
        X : pandas.DataFrame, shape (n_flights, 13)
            The columns of `course.flights.features`.
        y : pandas.Series, shape (n_flights,)
            1.0 for late, 0.0 for not late.

        Raises
        ------
        ValueError
            If `now` is negative.

        Examples
        --------
        >>> X, y = Production(label_delay=2).arrived(now=10, since=1)  # weeks 1 to 8
        >>> print(f"{len(X)} flights, {y.mean():.1%} late")
        50893 flights, 26.5% late
        """
        if now < 0:
            raise ValueError(f"Now is week 0, the eve of production, or later: not week {now}.")
        X, y, weeks = _labelled()
        first = weeks[0] if since is None else since
        rows = _rows(weeks, first, max(now - self.label_delay, 0))
        return X.iloc[rows], y.iloc[rows]

    def history(self) -> tuple[pd.DataFrame, pd.Series]:
        """Return January to March, on which the first model is trained: `arrived(now=0)`.

        Examples
        --------
        >>> X, y = Production().history()
        >>> print(f"{len(X)} flights, {y.mean():.1%} late")
        77911 flights, 23.6% late
        """
        return self.arrived(now=0)

    def _require(self, week: int) -> None:
        if week not in self.weeks:
            raise ValueError(f"Production has the weeks 1 to {LAST_WEEK}: there is no week {week}.")


def is_golden(index: pd.Index) -> npt.NDArray[np.bool_]:
    """Tell which flights belong to the golden set: every tenth, whatever the traffic.

    A person has checked their outcomes, and no model is trained on them, so that they can judge
    any model, also one that learned from labels that were wrong.

    Parameters
    ----------
    index : pandas.Index, shape (n_flights,)
        The numbers of the flights.

    Returns
    -------
    numpy.ndarray of bool, shape (n_flights,)
        True for the flights of the golden set.

    Examples
    --------
    >>> is_golden(pd.Index([9, 10, 11, 20]))
    array([False,  True, False,  True])
    """
    golden: npt.NDArray[np.bool_] = index.to_numpy() % GOLDEN == 0
    return golden


Year = tuple[pd.DataFrame, pd.Series, npt.NDArray[np.int64]]


@cache
def _year() -> Year:
    """Return features, label and week of all flights of 2013: read once, replayed often."""
    year = flights.load_flights()
    days = pd.to_datetime(year[["year", "month", "day"]]) - pd.Timestamp(FIRST_DAY)
    weeks = np.minimum(days.dt.days.to_numpy() // 7 + 1, LAST_WEEK)
    return flights.features(year, flights.load_weather()), flights.labels(year), weeks


@cache
def _labelled() -> Year:
    """Return features, label and week of the flights whose label ever arrives."""
    X, y, weeks = _year()
    arrives = y.notna().to_numpy()
    return X[arrives], y[arrives], weeks[arrives]


def _rows(weeks: npt.NDArray[np.int64], first: int, last: int) -> slice:
    """Return the rows of the weeks from first to last; the year is sorted by date."""
    return slice(np.searchsorted(weeks, first, "left"), np.searchsorted(weeks, last, "right"))
