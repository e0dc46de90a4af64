"""What all figures share: their look, how they are shown, and the two plainest kinds.

Each function draws the ordinary way, black on white, with fixed margins (laying them out anew takes
three times as long as drawing them); whoever shows a figure adapts it to the reader's theme.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape

import pandas as pd
from IPython.display import HTML
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from course.widgets.svg import figure_svg

BLUE, ORANGE, GREY = "#1f77b4", "#b8500c", "#767676"


def lines(
    curves: Mapping[str, pd.Series], title: str, xlabel: str, ylabel: str, percent: bool = False
) -> Figure:
    """Draw up to three lines, each named at its end.

    Parameters
    ----------
    curves : mapping of str to pandas.Series
        For each line its name, and its values by position on the x axis.
    title : str
        The finding.
    xlabel, ylabel : str
        What is drawn, with its unit.
    percent : bool, default False
        Whether the values are shares, to be shown as percent.

    Returns
    -------
    matplotlib.figure.Figure
        A figure with one pair of axes.

    Examples
    --------
    >>> late = pd.Series({1: 0.23, 2: 0.24})
    >>> figure = lines({"late": late}, "Late flights", "Month", "Share of flights", percent=True)
    >>> figure.axes[0].get_title(loc="left")
    'Late flights'
    """
    figure = Figure(figsize=(7.2, 3.2))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.1, right=0.82, top=0.88, bottom=0.16)
    styles = (("o-", BLUE), ("s--", ORANGE), ("^:", GREY))
    for (name, curve), (style, color) in zip(curves.items(), styles, strict=False):
        axes.plot(curve.index, curve, style, color=color, markersize=5)
        axes.annotate(
            name, (curve.index[-1], curve.iloc[-1]), (8, 0), textcoords="offset points",
            va="center", color=color, annotation_clip=False,
        )  # fmt: skip
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))
    finish(axes, percent)
    return figure


def bars(values: pd.Series, title: str, xlabel: str) -> Figure:
    """Draw horizontal bars, the longest on top, each with its name.

    Parameters
    ----------
    values : pandas.Series, shape (n_bars,)
        The lengths, with the names as the index.
    title : str
        The finding.
    xlabel : str
        What is drawn, with its unit.

    Returns
    -------
    matplotlib.figure.Figure
        A figure with one pair of axes.

    Examples
    --------
    >>> figure = bars(pd.Series({"temp": 0.1, "wind": 0.2}), "Wind matters most", "AUC lost")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['temp', 'wind']
    """
    values = values.sort_values()
    figure = Figure(figsize=(7.2, 0.6 + 0.26 * len(values)))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.17, right=0.97, top=0.91, bottom=0.14)
    axes.barh(values.index, values, color=BLUE)
    axes.set(xlabel=xlabel, title=title)
    finish(axes)
    return figure


def show(figure: Figure, alt: str) -> HTML:
    """Return a figure for a notebook to display, sharp at any size, with its text alternative.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure.
    alt : str
        What somebody who cannot see the figure has to know.

    Returns
    -------
    IPython.display.HTML
        The last value of a notebook's cell.

    Examples
    --------
    >>> show(bars(pd.Series({"temp": 0.1}), "One bar", "AUC lost"), "A bar of 0.1").data[:10]
    '<img alt="'
    """
    source = base64.b64encode(figure_svg(figure).encode()).decode()
    return HTML(f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{source}">')  # type: ignore[no-untyped-call]


def legend(axes: Axes, names: Mapping[str, str], columns: int = 1) -> None:
    """Name what is drawn, at the upper left, in a quarter of the time of `Axes.legend`.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where it is drawn.
    names : mapping of str to str
        For each name its color. Begin it with what the line looks like.
    columns : int, default 1
        How many names stand side by side.

    Examples
    --------
    >>> axes = Figure().subplots()
    >>> legend(axes, {"●  champion": BLUE, "- -  frozen": ORANGE})
    >>> [text.get_text() for text in axes.texts]
    ['●  champion', '- -  frozen']
    """
    for number, (name, color) in enumerate(names.items()):
        row, column = divmod(number, columns)
        axes.annotate(
            name, (0.01 + column / columns, 1), (0, -13 * row - 2), xycoords="axes fraction",
            textcoords="offset points", va="top", color=color,
        )  # fmt: skip


def finish(axes: Axes, percent: bool = False) -> None:
    """Give axes the course's look: no box, the title to the left, a y axis in percent if asked.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes that are labelled and filled.
    percent : bool, default False
        Whether the y axis holds shares to be shown as percent.

    Examples
    --------
    >>> axes = Figure().subplots()
    >>> axes.set(title="Late flights", ylim=(0, 1))
    [...]
    >>> finish(axes, percent=True)
    >>> axes.get_title(loc="left")
    'Late flights'
    """
    axes.spines[["top", "right"]].set_visible(False)
    title = axes.get_title()
    axes.set_title("")
    # A given height spares matplotlib the search for one, a fifth of the time that drawing takes.
    axes.set_title(title, loc="left", y=1.0, fontsize="medium", fontweight="bold")
    if percent:
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
