"""The figure of the widget *A year in production*."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from course.figures.base import BLUE, GREY, ORANGE, finish, legend
from course.replay import Replay


def year_in_production(
    replay: Replay, week: int, threshold: float, false_alarm: float, miss: float
) -> Figure:
    """Draw a model's quality and the cost of its mistakes, from the first week to this one.

    Parameters
    ----------
    replay : Replay
        What the model did.
    week : int
        The last week to draw, 1 to 39.
    threshold : float
        Warn at this probability and above.
    false_alarm, miss : float
        Euros for a needless warning, and for a late flight without one.

    Returns
    -------
    matplotlib.figure.Figure
        Left the AUC of each week beside the one measured in the notebook, right the cost of each
        week's mistakes in thousands of euros beside that of no warnings at all.

    Examples
    --------
    >>> from course.replay import replay_year
    >>> figure = year_in_production(replay_year()["honest"], 16, 0.25, false_alarm=20, miss=60)
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['AUC of the week', 'Cost (thousand € a week)']
    """
    figure = Figure(figsize=(8, 3.3))
    quality, money = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.08, right=0.98, top=0.88, bottom=0.16, wspace=0.26)
    weeks = np.arange(1, week + 1)
    last = len(replay.starts)

    quality.axhline(replay.notebook_auc, color=GREY, linestyle="--")
    quality.axhline(0.5, color=GREY, linestyle=":")
    quality.plot(weeks, replay.auc[:week], "o-", color=BLUE, markersize=3)
    notebook = f"- -  in the notebook: {replay.notebook_auc:.2f}"
    legend(quality, {notebook: GREY, "···  a coin: 0.50": GREY, "●  in production": BLUE})
    mean = replay.auc[:week].mean()
    quality.set(
        title=f"AUC {mean:.2f} on average, {replay.notebook_auc:.2f} promised",
        ylabel="AUC of the week",
        ylim=(0.4, 1.25),
        yticks=np.arange(4, 11) / 10,
    )

    silent = replay.late * miss / 1e3
    spent = replay.cost(threshold, false_alarm, miss) / 1e3
    money.plot(weeks, silent[:week], "--", color=GREY)
    money.plot(weeks, spent[:week], "o-", color=ORANGE, markersize=3)
    money.fill_between(weeks, spent[:week], silent[:week], color=ORANGE, alpha=0.15, linewidth=0)
    legend(money, {"- -  no warnings at all": GREY, "●  this model": ORANGE})
    saved = (silent - spent)[:week].sum() / 1e3
    money.set(
        title=f"€{abs(saved):.2f} million {'saved' if saved >= 0 else 'lost'} so far",
        ylabel="Cost (thousand € a week)",
        ylim=(0, 1.45 * silent.max()),
    )
    for axes in (quality, money):
        axes.set(xlabel="Production week", xlim=(0, last + 1))
        finish(axes)
    return figure
