"""The figure of the widget *Drift lab*."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course.drift import LARGE, MODERATE
from course.figures.base import BLUE, GREY, ORANGE, finish
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
    before, now = (np.histogram(values, edges)[0] / len(values) for values in (old, new))
    axes.stairs(before, edges, fill=True, color=BLUE, alpha=0.25)
    axes.stairs(before, edges, color=BLUE, label="reference")
    axes.stairs(now, edges, color=ORANGE, linestyle="--", linewidth=1.8, label="batch")
    moved = f"moved by {evidence.distance:.2f} SD" if evidence.significant else "stayed as it was"
    axes.set(
        title=f"{_upper(evidence.name)} {moved}",
        xlabel=_upper(evidence.label),
        ylim=(0, 1.25 * max(before.max(), now.max())),
    )
    axes.legend(loc="upper left", ncols=2, frameon=False, fontsize="medium", borderaxespad=0)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    finish(axes, percent=True)


def _monitor(axes: Axes, evidence: Examination) -> None:
    """Draw each statistic of the feature on a scale with its thresholds, then all alarms."""
    size = "small"
    if evidence.large:
        size = "large" if evidence.psi >= LARGE else "moderate"
    _panel(axes, f"Monitor: a {size} shift" if evidence.significant else "Monitor: no shift")

    _row(axes, 0, f"PSI {evidence.psi:.2f}", size)
    scale = _up_from_0(middle=LARGE)
    _scale(axes, 0, {scale(MODERATE): f"{MODERATE}", scale(LARGE): f"{LARGE}"})
    _bar(axes, 0, scale(evidence.psi), evidence.large)

    p_value = evidence.p_values[0]
    shown = "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"
    _row(axes, 1, f"KS {evidence.ks:.2f}, p {shown}", "alarm" if evidence.significant else "quiet")
    scale = _up_from_0(middle=-np.log10(LEVEL))
    _scale(axes, 1, {scale(-np.log10(LEVEL)): f"p = {LEVEL}"})
    _bar(axes, 1, scale(-np.log10(max(p_value, 1e-99))), evidence.significant)

    _row(axes, 2, f"Wasserstein {evidence.distance:.2f} SD", "")
    scale = _up_from_0(middle=0.3)
    _scale(axes, 2, {scale(tick): f"{tick:g}" for tick in (0, 0.1, 1)})
    _bar(axes, 2, scale(evidence.distance), False)

    tests = len(evidence.alarms)
    false = f"{evidence.false_alarms} false" if evidence.false_alarms else ""
    _row(axes, 3, f"Alarms: {evidence.alarms.sum()} of {tests}", false)
    number = np.arange(tests)
    real = number < tests - evidence.made_up
    for alarm, filled in sorted({*zip(evidence.alarms, real, strict=True)}):
        shown = number[(evidence.alarms == alarm) & (real == filled)]
        y, x = np.divmod(shown, A_LINE)
        style = _mark(alarm, filled, size=5)
        axes.plot((x + 0.5) / A_LINE, ROWS[3] - 0.05 - 0.05 * y, linestyle="", **style)
    if evidence.made_up:
        axes.text(0, ROWS[3] - (0.18 if tests > A_LINE else 0.13), "hollow: made up", color=GREY)


def _model(axes: Axes, evidence: Examination) -> None:
    """Draw how the model's quality changed, with the limits beyond which it counts as harmed."""
    before, now = evidence.before, evidence.now
    ranking = "ranks worse" if evidence.ranks_worse else ""
    level = "expects too few" if now.expected < now.came else "expects too many"
    level = level if evidence.misjudges else ""
    _panel(
        axes, "Model: " + ("worse and off" if ranking and level else ranking or level or "unharmed")
    )

    _row(axes, 0, f"AUC {before.auc:.2f} → {now.auc:.2f}", "worse" if ranking else "holds")
    _change(axes, 0, before.auc, now.auc, (0.4, 1), (before.auc - RANKING,), evidence.ranks_worse)

    _row(axes, 1, f"Late {now.expected:.0%} → {now.came:.0%}", "off" if level else "holds")
    band = (now.expected - CALIBRATION, now.expected + CALIBRATION)
    _change(axes, 1, now.expected, now.came, (0, 1), band, evidence.misjudges)

    _row(axes, 2, f"Brier {before.brier:.3f} → {now.brier:.3f}", "")
    _change(axes, 2, before.brier, now.brier, (0, 0.6), (), False)

    for line, (filled, meaning) in enumerate(
        ((False, "before, or expected"), (True, "now, or come"))
    ):
        y = ROWS[3] - 0.08 * line
        axes.plot(0.03, y + 0.015, **_mark(False, filled, size=7))
        axes.text(0.09, y, meaning)


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _panel(axes: Axes, title: str) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1), title=title)
    finish(axes)
    axes.axis("off")


def _row(axes: Axes, row: int, text: str, verdict: str) -> None:
    axes.text(0, ROWS[row], text)
    axes.text(1, ROWS[row], verdict, ha="right", fontweight="bold")


def _up_from_0(middle: float) -> Scale:
    """Return a scale from 0 to anything, with a value of choice in its middle."""
    return lambda value: value / (value + middle)


def _scale(axes: Axes, row: int, ticks: Mapping[float, str]) -> None:
    y, x = ROWS[row] - 0.06, [*ticks]
    axes.plot([0, 1], [y, y], color=GREY, linewidth=0.8)
    axes.plot(x, [y] * len(x), "|", color=GREY, markersize=8, markeredgewidth=1.4)
    for end, text in ticks.items():
        side = {0.0: "left", 1.0: "right"}.get(end, "center")
        axes.text(end, y - 0.035, text, color=GREY, ha=side, va="top")


def _bar(axes: Axes, row: int, end: float, alarm: bool) -> None:
    y = ROWS[row] - 0.06
    axes.plot([0, end], [y, y], linewidth=3, markevery=[1], **_mark(alarm))


def _change(
    axes: Axes, row: int, before: float, now: float, ends: tuple[float, float],
    limits: tuple[float, ...], alarm: bool,
) -> None:  # fmt: skip
    low, high = ends
    x = [(value - low) / (high - low) for value in (before, now, *limits)]
    y = [ROWS[row] - 0.06] * len(x)
    _scale(axes, row, {0.0: f"{low:g}", 1.0: f"{high:g}"})
    axes.plot(x[2:], y[2:], "|", color=GREY, markersize=14, markeredgewidth=1.4)
    axes.plot(x[:2], y[:2], color=ORANGE if alarm else BLUE, linewidth=3)
    axes.plot(x[:1], y[:1], **_mark(False, filled=False, size=9))
    axes.plot(x[1:2], y[1:2], **_mark(alarm, size=7))


def _mark(alarm: bool, filled: bool = True, size: float = 8) -> dict[str, Any]:
    """Return the style of a diamond for an alarm, or of a disc for none."""
    color = ORANGE if alarm else BLUE
    return {
        "color": color,
        "marker": "D" if alarm else "o",
        "markersize": size * (0.85 if alarm else 1),
        "markerfacecolor": color if filled else "white",
        "clip_on": False,
    }
