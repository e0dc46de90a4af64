"""Two incidents in FlightDesk's traffic: a feed in other units, and poisoned labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from course.production import Production, is_golden

UNIT_BUG = range(14, 19)  # five weeks from 1 July: temperatures come in °C instead of °F
POISON = range(27, 32)  # five weeks from 30 September: labels arrive the wrong way round
WEEKS = {"unit bug": UNIT_BUG, "poisoned labels": POISON}
INCIDENTS = {
    "none": "2013 as it was",
    "unit bug": "July: temperatures in °C",
    "poisoned labels": "October: labels reversed",
}


@dataclass(frozen=True)
class Incident:
    """FlightDesk's production with one incident in it.

    It is used as `Production` is. In a unit bug the feed sends `temp` and `dewp` in °C, from
    1 July until it is mended five weeks later; where labels are poisoned, those of five weeks from
    30 September arrive the wrong way round, except those of the golden set, which people checked.

    Parameters
    ----------
    production : Production
        The traffic.
    kind : {"none", "unit bug", "poisoned labels"}
        What happens.

    Raises
    ------
    ValueError
        If there is no such incident.

    Examples
    --------
    >>> july = Incident(Production(), "unit bug")
    >>> print(f"{july.features(13)['temp'].mean():.0f} {july.features(14)['temp'].mean():.0f}")
    80 27
    """

    production: Production
    kind: str

    def __post_init__(self) -> None:
        """Refuse an incident that there is not."""
        if self.kind not in INCIDENTS:
            raise ValueError(f"An incident is one of {', '.join(INCIDENTS)}: not {self.kind!r}.")

    @property
    def weeks(self) -> range:
        """The weeks of production, 1 to 39."""
        return self.production.weeks

    @property
    def label_delay(self) -> int:
        """Weeks until the labels of a week arrive."""
        return self.production.label_delay

    def features(self, week: int) -> pd.DataFrame:
        """Return the features of a week as the feed sends them: see `Production.features`."""
        return self._sent(self.production.features(week))

    def labels(self, week: int, now: int) -> pd.Series:
        """Return the labels of a week as they arrive: see `Production.labels`."""
        return self._reported(self.production.labels(week, now))

    def truth(self, week: int) -> pd.Series:
        """Return what really became of a week's flights: see `Production.truth`."""
        return self.production.truth(week)

    def arrived(self, now: int, since: int | None = None) -> tuple[pd.DataFrame, pd.Series]:
        """Return all flights whose label has arrived: see `Production.arrived`."""
        X, y = self.production.arrived(now, since)
        return self._sent(X), self._reported(y)

    def history(self) -> tuple[pd.DataFrame, pd.Series]:
        """Return January to March: see `Production.history`."""
        return self.production.history()

    def _sent(self, X: pd.DataFrame) -> pd.DataFrame:
        broken = self._rows("unit bug", X.index)
        if not broken.any():
            return X
        temp, dewp = X["temp"], X["dewp"]
        return X.assign(
            temp=temp.where(~broken, (temp - 32) / 1.8), dewp=dewp.where(~broken, (dewp - 32) / 1.8)
        )

    def _reported(self, y: pd.Series) -> pd.Series:
        wrong = self._rows("poisoned labels", y.index) & ~is_golden(y.index)
        return y.where(~wrong, 1 - y) if wrong.any() else y

    def _rows(self, kind: str, index: pd.Index) -> npt.NDArray[np.bool_]:
        """Tell which of some flights an incident of this kind befalls."""
        if self.kind != kind:
            return np.zeros(len(index), dtype=bool)
        weeks = WEEKS[kind]
        first = self.production.features(weeks[0]).index[0]
        last = self.production.features(weeks[-1]).index[-1]
        return np.asarray((index >= first) & (index <= last))
