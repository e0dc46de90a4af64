"""The figure of the widget *Time machine*."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.figures.base import BLUE, GREY, ORANGE, finish, legend
from course.retraining import Year

# For each row of decisions its marker, and a color that tells whether a training was for nothing.
ROWS = {
    "alert": ("*", GREY),
    "trained": ("^", GREY),
    "failed": ("P", ORANGE),
    "refused": ("X", ORANGE),
    "stopped": ("s", ORANGE),
    "promoted": ("o", BLUE),
    "rolled back": ("D", ORANGE),
}
STYLES = {
    "this policy": ("-", BLUE, "—"),
    "never": ("--", ORANGE, "- -"),
    "always": (":", GREY, "···"),
}
SELDOM = ("alert", "failed")  # have a row only where there are any


def time_machine(
    year: Year,
    baselines: dict[str, Year],
    week: int,
    hour: float,
    training: float,
    incident: tuple[str, range] | None = None,
) -> Figure:
    """Draw what a policy did to quality, what it decided, and what it cost, up to a week.

    Parameters
    ----------
    year : Year
        What became of the traffic under the policy.
    baselines : dict of str to Year
        What to compare its cost with: `never`, `always`, or both.
    week : int
        The last week to draw.
    hour, training : float
        Prices in euros: see `course.retraining.Year.cost`.
    incident : tuple of str and range, optional
        What happened, in a few words, and in which weeks.

    Returns
    -------
    matplotlib.figure.Figure
        From top to bottom the AUC of each week, beside that of the first model; the decisions, a
        row for each kind; and the cost so far.

    Examples
    --------
    >>> from course.policies import Policy, every, never
    >>> from course.retraining import run
    >>> from course.workbench import Workbench
    >>> from course.worlds import World
    >>> bench = Workbench(World("concept", seed=1))
    >>> year, alone = run(Policy(every(4)), bench), run(Policy(never), bench)
    >>> figure = time_machine(year, {"never": alone}, 26, hour=100, training=4000)
    >>> [axes.get_title(loc="left") for axes in figure.axes]
    ['AUC 0.72 on average, 0.63 if never retrained', '', 'Cheapest so far: this policy']
    """
    figure = Figure(figsize=(8, 4.8))
    left, width = 0.12, 0.86
    quality = figure.add_axes((left, 0.61, width, 0.335))
    decisions = figure.add_axes((left, 0.385, width, 0.21))
    money = figure.add_axes((left, 0.1, width, 0.215))
    _quality(quality, year, week)
    _decisions(decisions, year, week)
    _money(money, {"this policy": year, **baselines}, week, hour, training)
    for axes in (quality, decisions, money):
        axes.set(xlim=(0, len(year.weeks) + 1), xticks=[])  # they stand in line
        if incident and week >= incident[1][0]:
            first, last = incident[1][0] - 0.5, min(week, incident[1][-1]) + 0.5
            axes.axvspan(first, last, color=ORANGE, alpha=0.12, linewidth=0)
    if incident and week >= incident[1][0]:
        name, weeks = incident
        floor = quality.get_ylim()[0] + 0.01
        quality.text(weeks[0] - 0.3, floor, name, va="bottom", color=ORANGE)
    money.set(xlabel="Production week", xticks=range(0, len(year.weeks) + 1, 5))
    return figure


def _quality(axes: Axes, year: Year, week: int) -> None:
    weeks, served, alone = year.weeks[:week], year.quality[:week], year.frozen[:week]
    axes.plot(weeks, served, "o-", color=BLUE, markersize=3, label="served")
    axes.plot(weeks, alone, "s--", color=ORANGE, markersize=3, label="frozen")
    axes.axhline(year.promised, color=GREY, linestyle=":", label="promised")
    both = np.concatenate([year.quality, year.frozen])
    low, high = min(0.5, both.min()), max(0.8, both.max())
    axes.set(
        title=f"AUC {served.mean():.2f} on average, {alone.mean():.2f} if never retrained",
        ylabel="AUC of the week",
        ylim=(low - 0.07, high + 0.09),
        yticks=np.arange(np.ceil(low * 10), np.floor(high * 10) + 1) / 10,
    )
    names = {
        "●  what served the flights": BLUE,
        "■  first model, frozen": ORANGE,
        f"···  promised at first: {year.promised:.2f}": GREY,
    }
    legend(axes, names, columns=3)
    finish(axes)


def _decisions(axes: Axes, year: Year, week: int) -> None:
    rows: list[str] = []
    for name, (marker, color) in ROWS.items():
        at = year.trainings if name == "trained" else year.at(name)
        weeks = [when for when in at if when <= week]
        if weeks or name not in SELDOM:
            axes.plot(weeks, [len(rows)] * len(weeks), marker, color=color, markersize=5.5)
            rows.append(name)
    axes.hlines(range(len(rows)), 0, year.weeks[-1] + 1, color=GREY, linewidth=0.5, alpha=0.4)
    for y, name in enumerate(rows):  # a tick for each would take five times as long to draw
        axes.text(-0.4, y, name, ha="right", va="center")
    axes.set(yticks=[], ylim=(len(rows) - 0.4, -0.6))
    axes.spines[:].set_visible(False)


def _money(axes: Axes, years: dict[str, Year], week: int, hour: float, training: float) -> None:
    costs = {name: year.cost(hour, training).cumsum() / 1e3 for name, year in years.items()}
    so_far = {name: round(float(cost[week - 1]), 3) for name, cost in costs.items()}
    names = {}
    for name, cost in costs.items():
        style, color, glyph = STYLES[name]
        axes.plot(range(week + 1), [0, *cost[:week]], style, color=color, label=name)
        names[f"{glyph}  {name}: €{so_far[name]:,.0f} thousand"] = color
    cheapest = [name for name, cost in so_far.items() if cost == min(so_far.values())]
    highest = max(float(cost[-1]) for cost in costs.values())
    axes.set(
        title=f"Cheapest so far: {' and '.join(cheapest)}",
        ylabel="Cost (thousand €)",
        ylim=(0, 1.1 * highest or 10),
    )
    legend(axes, names)
    finish(axes)
