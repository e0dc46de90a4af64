"""The figure of the widget *Drift lab*."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from course.drift import LARGE, MODERATE
from course.figures.base import BLUE, GREY, ORANGE, finish, legend
from course.triage import CALIBRATION, LEVEL, RANKING, Examination

BINS = 24  # of the reference
ROWS = (0.92, 0.66, 0.4, 0.14)  # where those of the two panels on the right stand
A_LINE = 20  # marks

Scale = Callable[[float], float]


def drift_lab(evidence: Examination) -> Figure:
    """Draw what a monitor sees of a batch, beside what became of the model.

    Parameters
    ----------
    evidence : Examination
        What `course.triage.examine` found.

    Returns
    -------
    matplotlib.figure.Figure
        Left the feature's distribution in the reference and in the batch; in the middle its
        statistics with their thresholds, and the alarms among all features tested; right the
        quality of the model.

    Examples
    --------
    >>> from course.scenes import scenes
    >>> from course.triage import examine
    >>> figure = drift_lab(examine(scenes()["unused feature"], "fare", tests=20))
    >>> [axes.get_title(loc="left") for axes in figure.axes]
    ['Fare moved by 1.53 SD', 'Monitor: a large shift', 'Model: unharmed']
    """
    figure = Figure(figsize=(8, 3.6))
    _distributions(figure.add_axes((0.07, 0.15, 0.31, 0.75)), evidence)
    _monitor(figure.add_axes((0.435, 0.08, 0.25, 0.82)), evidence)
    _model(figure.add_axes((0.735, 0.08, 0.25, 0.82)), evidence)
    return figure


def _distributions(axes: Axes, evidence: Examination) -> None:
    """Draw two histograms over the same bins."""
    old, new = evidence.reference, evidence.batch
    width = (old[-1] - old[0]) / BINS
    # The bins stand still while the batch moves: there are only more of them.
    first = min(0, np.floor((new[0] - old[0]) / width))
    last = max(BINS, np.floor((new[-1] - old[0]) / width) + 1)
    edges = old[0] + width * np.arange(first, last + 1)
    before, now = (_shares(values, edges) for values in (old, new))
    axes.stairs(before, edges, fill=True, color=BLUE, alpha=0.25)
    axes.stairs(before, edges, color=BLUE)
    axes.stairs(now, edges, color=ORANGE, linestyle="--", linewidth=1.8)
    moved = f"moved by {evidence.distance:.2f} SD" if evidence.significant else "stayed as it was"
    axes.set(
        title=f"{_upper(evidence.name)} {moved}",
        xlabel=_upper(evidence.label),
        ylim=(0, 1.25 * max(before.max(), now.max())),
    )
    legend(axes, {"—  reference": BLUE, "- -  batch": ORANGE}, columns=2)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    finish(axes, percent=True)


def _shares(values: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what `numpy.histogram` counts, as shares: at once, as the values are sorted."""
    below = [*np.searchsorted(values, edges[:-1]), len(values)]  # the last bin has both its edges
    return np.diff(below) / len(values)


def _monitor(axes: Axes, evidence: Examination) -> None:
    """Draw each statistic of the feature on a scale with its thresholds, then all alarms."""
    size = "small"
    if evidence.large:
        size = "large" if evidence.psi >= LARGE else "moderate"
    panel = _Panel(
        axes, f"Monitor: a {size} shift" if evidence.significant else "Monitor: no shift"
    )
    panel.row(0, f"PSI {evidence.psi:.2f}", size)
    scale = _up_from_0(middle=LARGE)
    panel.scale(0, {scale(MODERATE): f"{MODERATE}", scale(LARGE): f"{LARGE}"})
    panel.bar(0, scale(evidence.psi), evidence.large)

    p_value = evidence.p_values[0]
    shown = "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"
    quiet = "alarm" if evidence.significant else "quiet"
    panel.row(1, f"KS {evidence.ks:.2f}, p {shown}", quiet)
    scale = _up_from_0(middle=-np.log10(LEVEL))
    panel.scale(1, {scale(-np.log10(LEVEL)): f"p = {LEVEL}"})
    panel.bar(1, scale(-np.log10(max(p_value, 1e-99))), evidence.significant)

    panel.row(2, f"Wasserstein {evidence.distance:.2f} SD")
    scale = _up_from_0(middle=0.3)
    panel.scale(2, {scale(tick): f"{tick:g}" for tick in (0, 0.1, 1)})
    panel.bar(2, scale(evidence.distance), False)

    tests = len(evidence.alarms)
    false = f"{evidence.false_alarms} false" if evidence.false_alarms else ""
    panel.row(3, f"Alarms: {evidence.alarms.sum()} of {tests}", false)
    for number, alarm in enumerate(evidence.alarms.tolist()):
        line, place = divmod(number, A_LINE)
        real = number < tests - evidence.made_up
        y = ROWS[3] - 0.05 - 0.05 * line
        panel.mark((place + 0.5) / A_LINE, y, alarm, filled=real, size=5)
    if evidence.made_up:
        axes.text(0, ROWS[3] - (0.18 if tests > A_LINE else 0.13), "hollow: made up", color=GREY)
    panel.draw()


def _model(axes: Axes, evidence: Examination) -> None:
    """Draw how the model's quality changed, with the limits beyond which it counts as harmed."""
    before, now = evidence.before, evidence.now
    ranking = "ranks worse" if evidence.ranks_worse else ""
    level = "expects too few" if now.expected < now.came else "expects too many"
    level = level if evidence.misjudges else ""
    found = "worse and off" if ranking and level else ranking or level or "unharmed"
    panel = _Panel(axes, f"Model: {found}")

    panel.row(0, f"AUC {before.auc:.2f} → {now.auc:.2f}", "worse" if ranking else "holds")
    limit = (before.auc - RANKING,)
    panel.change(0, before.auc, now.auc, (0.4, 1), limit, evidence.ranks_worse)

    panel.row(1, f"Late {now.expected:.0%} → {now.came:.0%}", "off" if level else "holds")
    band = (now.expected - CALIBRATION, now.expected + CALIBRATION)
    panel.change(1, now.expected, now.came, (0, 1), band, evidence.misjudges)

    panel.row(2, f"Brier {before.brier:.3f} → {now.brier:.3f}")
    panel.change(2, before.brier, now.brier, (0, 0.6), (), False)

    for line, (filled, meaning) in enumerate(
        ((False, "before, or expected"), (True, "now, or come"))
    ):
        y = ROWS[3] - 0.08 * line
        panel.mark(0.03, y + 0.015, False, filled)
        axes.text(0.09, y, meaning)
    panel.draw()


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _up_from_0(middle: float) -> Scale:
    """Return a scale from 0 to anything, with a value of choice in its middle."""
    return lambda value: value / (value + middle)


class _Panel:
    """Rows of text and scales; all that looks alike is drawn as one line, which saves its time."""

    def __init__(self, axes: Axes, title: str) -> None:
        self.axes = axes
        self.alike: dict[tuple[tuple[str, Any], ...], list[tuple[float, float]]] = {}
        axes.set(xlim=(0, 1), ylim=(0, 1), title=title)
        finish(axes)
        axes.axis("off")

    def row(self, row: int, text: str, verdict: str = "") -> None:
        self.axes.text(0, ROWS[row], text)
        if verdict:
            self.axes.text(1, ROWS[row], verdict, ha="right", fontweight="bold")

    def scale(self, row: int, ticks: Mapping[float, str]) -> None:
        y = ROWS[row] - 0.06
        self.line([0, 1], y, color=GREY, linewidth=0.8)
        self.ticks([*ticks], y, size=8)
        for end, text in ticks.items():
            side = {0.0: "left", 1.0: "right"}.get(end, "center")
            self.axes.text(end, y - 0.035, text, color=GREY, ha=side, va="top")

    def bar(self, row: int, end: float, alarm: bool) -> None:
        y = ROWS[row] - 0.06
        self.line([0, end], y, color=ORANGE if alarm else BLUE, linewidth=3)
        self.mark(end, y, alarm)

    def change(
        self, row: int, before: float, now: float, ends: tuple[float, float],
        limits: tuple[float, ...], alarm: bool,
    ) -> None:  # fmt: skip
        low, high = ends
        was, is_now, *beyond = ((value - low) / (high - low) for value in (before, now, *limits))
        y = ROWS[row] - 0.06
        self.scale(row, {0.0: f"{low:g}", 1.0: f"{high:g}"})
        self.ticks(beyond, y, size=14)
        self.line([was, is_now], y, color=ORANGE if alarm else BLUE, linewidth=3)
        self.mark(was, y, False, filled=False)
        self.mark(is_now, y, alarm)

    def ticks(self, x: list[float], y: float, size: float) -> None:
        style = {"marker": "|", "markersize": size, "markeredgewidth": 1.4}
        self.line(x, y, color=GREY, linestyle="", **style)

    def mark(self, x: float, y: float, alarm: bool, filled: bool = True, size: float = 8) -> None:
        """Draw a diamond for an alarm, or a disc for none."""
        color = ORANGE if alarm else BLUE
        style = {
            "marker": "D" if alarm else "o",
            "markersize": size * (0.85 if alarm else 1),
            "markerfacecolor": color if filled else "white",
            "clip_on": False,
            "zorder": 3,  # over every line
        }
        self.line([x], y, color=color, linestyle="", **style)

    def line(self, x: list[float], y: float, **style: Any) -> None:
        points = [(each, y) for each in x]
        self.alike.setdefault(tuple(style.items()), []).extend([*points, (np.nan, np.nan)])

    def draw(self) -> None:
        """Draw all lines."""
        for style, points in self.alike.items():
            self.axes.plot(*zip(*points, strict=True), **dict(style))
