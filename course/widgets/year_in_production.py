"""Lesson 01's widget: a model meets the 39 weeks that come after its notebook."""

from __future__ import annotations

from matplotlib.figure import Figure

from course.figures.year_in_production import year_in_production
from course.production import Production
from course.replay import replay_year
from course.widgets.explorer import Explorer, choice, slider


def _dated(week: int) -> str:
    start = Production().start(week)
    return f"{week}, from {start.day} {start:%B}"


KINDS = {
    "leaky": "leaky, with the delay",
    "honest": "honest, frozen in March",
    "retrained": "retrained every four weeks",
}


class YearInProduction(Explorer):
    """Move the week and see what became of the number in the notebook, and what it cost.

    Parameters
    ----------
    false_alarm, miss : float
        Euros for a needless warning, and for a late flight without one.

    Examples
    --------
    >>> year = YearInProduction(false_alarm=20, miss=60)
    >>> year.model, year.week = "honest", 16
    >>> print(year.describe())  # doctest: +ELLIPSIS
    Week 16, from 15 July: the AUC is 0.67, where the notebook promised 0.71. ...
    """

    week = slider(1, 1, 39, label="Week", show=_dated)
    threshold = slider(25, 0, 100, label="Warn from a probability of", unit="%")
    model = choice("leaky", KINDS, label="Model")

    def __init__(self, false_alarm: float, miss: float) -> None:
        self._prices = {"false_alarm": false_alarm, "miss": miss}
        self._year = replay_year()
        super().__init__()

    def draw(self) -> Figure:
        """Draw quality and cost up to the week."""
        return year_in_production(
            self._year[self.model], self.week, self.threshold / 100, **self._prices
        )

    def describe(self) -> str:
        """Say what happened so far."""
        replay, week = self._year[self.model], self.week - 1
        flights = replay.late + replay.punctual
        cost = replay.cost(self.threshold / 100, **self._prices)[: self.week].sum()
        silent = self._prices["miss"] * replay.late[: self.week].sum()
        missed = replay.missed[week, self.threshold] / replay.late[week]
        saved = f"{abs(silent - cost) / 1e6:.2f} million {'less' if cost <= silent else 'more'}"
        return (
            f"Week {_dated(self.week)}: the AUC is {replay.auc[week]:.2f}, where the notebook "
            f"promised {replay.notebook_auc:.2f}. The {self.model} model expected "
            f"{replay.expected[week]:.0%} late flights; {replay.late[week] / flights[week]:.0%} "
            f"came, and it warned of {1 - missed:.0%} of them. "
            f"Its mistakes have cost €{cost / 1e6:.2f} million so far, €{saved} than no warnings."
        )
