"""Triage of a batch: what its monitor sees, what became of the model, and how the two agree."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import kolmogorov

from course import drift
from course.scenes import Quality, Scene, Table, quality, sample

LEVEL = 0.05  # of the tests
RANKING = 0.03  # AUC; a model that lost more than this is harmed
CALIBRATION = 0.05  # so is one whose expected share of late flights is further off than this
MOST_TESTS = 40


class Examination(NamedTuple):
    """What a monitor sees of a batch, and the truth about the model.

    Attributes
    ----------
    label : str
        The feature that is looked at, with its unit.
    rows : int
        Rows of the reference and of the batch that are compared.
    reference, batch : numpy.ndarray, shape (n_known,)
        The values compared, sorted.
    psi, ks : float
        Population stability index, and the statistic of Kolmogorov and Smirnov.
    distance : float
        Wasserstein distance in standard deviations of the reference.
    p_values : numpy.ndarray, shape (n_tests,)
        Of the KS tests, adjusted; first that of `feature`, then other features of the feed, then
        made-up ones.
    made_up : int
        Features at the end of `p_values` that are noise: in them nothing moved.
    before, now : Quality
        The model on its reference, and on the batch.
    """

    label: str
    rows: int
    reference: NDArray[np.float64]
    batch: NDArray[np.float64]
    psi: float
    ks: float
    distance: float
    p_values: NDArray[np.float64]
    made_up: int
    before: Quality
    now: Quality

    @property
    def name(self) -> str:
        """The feature, without its unit."""
        return self.label.split(" (")[0]

    @property
    def alarms(self) -> NDArray[np.bool_]:
        """Which of the tests raise an alarm."""
        return self.p_values < LEVEL

    @property
    def false_alarms(self) -> int:
        """Alarms of features in which nothing moved."""
        return int(self.alarms[len(self.alarms) - self.made_up :].sum())

    @property
    def significant(self) -> bool:
        """Whether the feature's test raises an alarm."""
        return bool(self.alarms[0])

    @property
    def large(self) -> bool:
        """Whether the feature's PSI is over its lower threshold."""
        return self.psi >= drift.MODERATE

    @property
    def ranks_worse(self) -> bool:
        """Whether the AUC fell by more than `RANKING`."""
        return self.before.auc - self.now.auc > RANKING

    @property
    def misjudges(self) -> bool:
        """Whether the expected share of late flights is further off than `CALIBRATION`."""
        return abs(self.now.expected - self.now.came) > CALIBRATION

    @property
    def harmed(self) -> bool:
        """Whether the model ranks worse or misjudges how many flights are late."""
        return self.ranks_worse or self.misjudges


def examine(
    scene: Scene, feature: str, shift: float = 0.0, rows: int = 5000, tests: int = 1,
    correction: str = "none",
) -> Examination:  # fmt: skip
    """Look at a batch as its monitor does, and at the truth.

    Parameters
    ----------
    scene : Scene
        The batch.
    feature : str
        The feature to look at.
    shift : float, default 0
        What the feed adds to the feature, in standard deviations of the reference.
    rows : int, default 5000
        Rows of reference and batch that are compared, as many as both have at most.
    tests : int, default 1
        Features that are tested, 1 to 40: this one, then the others of the feed, then made-up ones
        in which nothing moved.
    correction : {"none", "bonferroni", "benjamini-hochberg"}
        How the p-values are adjusted.

    Returns
    -------
    Examination
        The statistics are those of `course.drift.compare`, the quality is that of the whole batch.

    Examples
    --------
    >>> from course.scenes import scenes
    >>> fares = examine(scenes()["unused feature"], "fare")
    >>> f"PSI {fares.psi:.1f}, AUC {fares.before.auc:.2f} and now {fares.now.auc:.2f}"
    'PSI 2.0, AUC 0.81 and now 0.81'
    """
    rows = min(rows, len(scene.reference.rows), len(scene.batch.rows))
    added = shift * float(scene.reference.spread[feature])
    others = [other for other in scene.features if other != feature][: tests - 1]
    found = _compare(scene, feature, rows, added)
    compared = [found, *(_compare(scene, other, rows) for other in others)]
    # Where nothing moved, a p-value is anything from 0 to 1.
    luck = np.random.default_rng(rows).random(MOST_TESTS)[: tests - len(compared)]
    old = sample(scene.reference, feature, rows)
    new = sample(scene.batch, feature, rows) + added
    return Examination(
        label=scene.features[feature],
        rows=rows,
        reference=old,
        batch=new,
        psi=found.psi,
        ks=found.statistic,
        distance=found.distance / float(np.std(old, ddof=1)),
        p_values=drift.CORRECTIONS[correction]([*(test.p_value for test in compared), *luck]),
        made_up=len(luck),
        before=scene.before,
        now=quality(scene, feature, added),
    )


class _Compared(NamedTuple):
    psi: float
    statistic: float
    p_value: float
    distance: float


@lru_cache(maxsize=4096)
def _compare(scene: Scene, feature: str, rows: int, added: float = 0.0) -> _Compared:
    """Return what `course.drift` says of a feature.

    Its `ks` and `wasserstein` take 0.2 s for 200,000 rows, too long while a slider is dragged. Here
    the samples are sorted already, so that there is no more to do than to merge them.
    """
    old = sample(scene.reference, feature, rows)
    new = sample(scene.batch, feature, rows) + added
    values = np.concatenate([old, new])
    order = np.argsort(values, kind="stable")
    steps = np.where(order < len(old), 1 / len(old), -1 / len(new))
    apart = np.abs(np.cumsum(steps))[:-1]  # the two cumulative distributions
    gaps = np.diff(values[order])
    statistic = float(apart[gaps > 0].max(initial=0.0))
    n = len(old) * len(new) / (len(old) + len(new))
    # Kolmogorov's limit for large samples, with the correction for n by Vrbik (2018), Small-sample
    # corrections to Kolmogorov-Smirnov test statistic, Pioneer J. Theor. Appl. Stat. 15.
    root = np.sqrt(n)
    corrected = root * statistic + 1 / (6 * root) + (root * statistic - 1) / (4 * n)
    return _Compared(
        _bins(scene.reference, feature, rows).psi(new),
        statistic,
        float(kolmogorov(corrected)),
        float(apart @ gaps),
    )


@lru_cache(maxsize=256)
def _bins(reference: Table, feature: str, rows: int) -> drift.Bins:
    return drift.Bins(sample(reference, feature, rows))
