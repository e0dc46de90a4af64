"""Retraining that runs by itself: the loop that follows a policy, and what it decided.

The loop never lets a trained model near the traffic unless a golden set says that it is better,
gives it one flight in ten for a week before all of them, and takes it back when the labels come in
and say that it was a mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.policies import Evidence, Policy
from course.registry import MemoryRegistry, Registry
from course.workbench import Model, Workbench

MARGIN = 0.0  # AUC by which a challenger must beat the champion on the golden set
PLAUSIBLE = (0.5, 2.0)  # the late flights a canary expects, as a multiple of those there were
LOSS = 0.03  # AUC that a new champion may be worse than the old one before it is rolled back
PROBATION = 4  # labelled weeks in which it may be
HOURS = 168  # of a week


@dataclass(frozen=True)
class Decision:
    """One thing that the loop decided, and why.

    Attributes
    ----------
    week : int
        At whose end.
    event : str
        "alert", "failed", "refused", "canary", "stopped", "promoted" or "rolled back".
    why : str
        In words.
    version : int or None
        The model's version in the registry, where it has one.
    seen : Evidence
        What was known.
    """

    week: int
    event: str
    why: str
    version: int | None
    seen: Evidence

    @property
    def evidence(self) -> dict[str, float | None]:
        """The evidence as plain numbers: see `course.policies.Evidence.numbers`."""
        return self.seen.numbers()


@dataclass(frozen=True)
class Year:
    """What became of a stream of traffic under a policy.

    Attributes
    ----------
    weeks : numpy.ndarray, shape (n_weeks,)
        The weeks.
    quality, frozen : numpy.ndarray, shape (n_weeks,)
        The true AUC of what served the traffic, and that of the first model, had it been left
        alone.
    promised : float
        The first model's AUC on the golden set, before it was shipped.
    decisions : list of Decision
        In the order in which they were made.
    """

    weeks: NDArray[np.int_]
    quality: NDArray[np.float64]
    frozen: NDArray[np.float64]
    promised: float
    decisions: list[Decision]

    def at(self, *events: str) -> list[int]:
        """Return the weeks in which the loop decided one of these events."""
        return [decision.week for decision in self.decisions if decision.event in events]

    @property
    def trainings(self) -> list[int]:
        """The weeks in which a training was paid for, whatever came of it."""
        return self.at("failed", "refused", "canary")

    def cost(self, hour: float, training: float) -> NDArray[np.float64]:
        """Return what each week cost: lost quality by the hour, and trainings.

        A model that is as good as promised costs nothing, a coin costs `hour` in every hour, and
        one that has lost a third of its way from a coin to the promise a third of that.

        Parameters
        ----------
        hour : float
            Euros for an hour of predictions that are no better than a coin's.
        training : float
            Euros for a training, its evaluation and its canary.

        Returns
        -------
        numpy.ndarray, shape (n_weeks,)
            Euros.
        """
        lost = np.clip((self.promised - self.quality) / (self.promised - 0.5), 0, 1)
        return HOURS * hour * lost + training * np.isin(self.weeks, self.trainings)

    def table(self) -> pd.DataFrame:
        """Return the decisions, a row each."""
        columns = ["week", "event", "version", "why"]
        rows = [(d.week, d.event, d.version, d.why) for d in self.decisions]
        return pd.DataFrame(rows, columns=columns).astype({"version": "Int64"}).set_index("week")


def run(
    policy: Policy,
    bench: Workbench,
    registry: Registry | None = None,
    label_delay: int | None = None,
) -> Year:
    """Run a stream of traffic, week by week, under a policy.

    Parameters
    ----------
    policy : Policy
        When to retrain, on what, and what then happens.
    bench : Workbench
        The traffic, and the means to train and to measure.
    registry : Registry, optional
        Where models are registered, and the aliases champion and challenger are kept; by default
        in memory.
    label_delay : int, optional
        Weeks until labels arrive; by default that of the traffic.

    Returns
    -------
    Year
        Quality, and all decisions with their evidence.

    Examples
    --------
    >>> from course.policies import on_quality
    >>> from course.worlds import World
    >>> bench = Workbench(World("concept", seed=1))
    >>> year = run(Policy(on_quality(0.05), cooldown=4), bench)
    >>> year.table()["event"].to_list()
    ['canary', 'promoted', 'canary', 'promoted', 'canary', 'promoted']
    """
    delay = bench.traffic.label_delay if label_delay is None else label_delay
    loop = _Loop(policy, bench, MemoryRegistry() if registry is None else registry, delay)
    weeks = bench.traffic.weeks
    quality = [loop.week(now) for now in weeks]
    frozen = [bench.auc(loop.first, now) for now in weeks]
    promised = bench.golden_auc(loop.first, 0)
    return Year(np.array(weeks), np.array(quality), np.array(frozen), promised, loop.decisions)


class _Unread(Evidence):
    """Evidence whose costly numbers are measured when somebody first reads them.

    Half of a year's time would go into numbers that no trigger looks at.
    """

    __qualname__ = "Evidence"  # the name that a learner who prints it sees

    @classmethod
    def of(cls, measures: dict[str, Callable[[], object]], **known: float) -> _Unread:
        """Return evidence of which some is known, and some can be measured."""
        evidence = cls.__new__(cls)
        vars(evidence).update(known, _measures=measures)
        return evidence

    def __getattr__(self, name: str) -> object:
        """Measure what is not known yet."""
        measures = vars(self).get("_measures", {})
        if name not in measures:
            raise AttributeError(f"Evidence has no {name!r}.", name=name, obj=self)
        value = vars(self)[name] = measures[name]()
        return value


class _Loop:
    """The state of a run: who serves, who is tried out, and what was decided."""

    def __init__(
        self, policy: Policy, bench: Workbench, registry: Registry, label_delay: int
    ) -> None:
        self.policy, self.bench, self.registry, self.delay = policy, bench, registry, label_delay
        self.decisions: list[Decision] = []
        self.first = self.champion = bench.train(bench.oldest, 0)
        self.versions = {self.first: self._register(self.first, promised := self._promise(0))}
        self.promised = promised
        registry.point("champion", self.versions[self.first])
        self.challenger: Model | None = None
        self.before: Model | None = None  # the champion before this one, while it is on probation
        self.served_since = 1
        self.trained = 0
        self.now = 0

    @property
    def newest(self) -> int:
        """The newest week whose labels have arrived."""
        return max(self.now - self.delay, 0)

    def week(self, now: int) -> float:
        """Serve a week, then decide; return the AUC of what was served."""
        self.now = now
        quality = self.bench.auc(self.champion, now, canary=self.challenger)
        evidence = self._monitor()
        if self._was_a_mistake(evidence):
            return quality  # what the evidence says is of a model that serves no more
        if self.challenger is not None:
            self._end_canary(self.challenger, evidence)
        elif now - self.trained >= self.policy.cooldown and self.policy.trigger(evidence):
            self.trained = now
            if self.policy.action == "alert":
                self._decide("alert", "a person was called", None, evidence)
            else:
                self._retrain(evidence)
        return quality

    def _monitor(self) -> Evidence:
        bench, champion, now, labelled = self.bench, self.champion, self.now, self.now - self.delay
        return _Unread.of(
            {
                "psi": lambda: bench.psi(champion, now).iloc[:-1],
                "score_psi": lambda: float(bench.psi(champion, now)["score"]),
                "estimated": lambda: bench.estimated_auc(champion, now),
                "measured": lambda: (
                    bench.measured_auc(champion, labelled) if labelled > 0 else None
                ),
            },
            week=now,
            promised=self.promised,
            weeks_since=now - self.trained,
        )

    def _was_a_mistake(self, evidence: Evidence) -> bool:
        """Roll back a new champion that its first labels show to be worse than the old one."""
        labelled = self.now - self.delay
        on_probation = self.served_since <= labelled < self.served_since + PROBATION
        if self.before is None or not on_probation or evidence.measured is None:
            return False
        before = self.bench.measured_auc(self.before, labelled)
        if evidence.measured >= before - LOSS:
            return False
        if self.challenger is not None:  # it was compared with the model that goes
            self._drop_challenger("the champion that it was to beat is rolled back", evidence)
        self.champion, self.before = self.before, None
        self.promised = self._promise(self.newest)
        self.registry.point("champion", self.versions[self.champion])
        why = f"AUC {evidence.measured:.3f} by labels, the old champion's {before:.3f}"
        self._decide("rolled back", why, self.versions[self.champion], evidence)
        return True

    def _retrain(self, evidence: Evidence) -> None:
        """Train a challenger, and let the golden set decide whether it may be tried."""
        try:
            since = max(self.policy.strategy(self.newest), self.bench.oldest)
            challenger = self.bench.train(since, self.newest)
            new = self._promise(self.newest, challenger)
        except Exception as error:  # whatever fails in a training, the champion goes on serving
            self._decide("failed", f"{type(error).__name__}: {error}", None, evidence)
            return
        old = self._promise(self.newest)
        why = f"golden AUC {new:.3f}, the champion's {old:.3f}"
        if not new > old + MARGIN:
            self._decide("refused", why, None, evidence)
            return
        self.challenger = challenger
        self.versions[challenger] = self._register(challenger, new)
        self.registry.point("challenger", self.versions[challenger])
        self._decide("canary", why, self.versions[challenger], evidence)

    def _end_canary(self, challenger: Model, evidence: Evidence) -> None:
        """Promote the challenger, unless what it expected of its week is not plausible."""
        version = self.versions[challenger]
        expected = float(self.bench.scores(challenger, self.now).mean())
        usual = self.bench.golden_rate(self.newest)
        why = f"predicted {expected:.0%} late; lately {usual:.0%} were"
        if not PLAUSIBLE[0] <= expected / usual <= PLAUSIBLE[1]:
            self._drop_challenger(why, evidence)
            return
        self.challenger = None
        self.registry.point("challenger", None)
        self.before, self.champion = self.champion, challenger
        self.promised, self.served_since = self._promise(self.newest), self.now
        self.registry.point("champion", version)
        self._decide("promoted", why, version, evidence)

    def _drop_challenger(self, why: str, evidence: Evidence) -> None:
        version = self.registry.version("challenger")
        self.challenger = None
        self.registry.point("challenger", None)
        self._decide("stopped", why, version, evidence)

    def _promise(self, until: int, model: Model | None = None) -> float:
        return self.bench.golden_auc(model or self.champion, until)

    def _register(self, model: Model, promised: float) -> int:
        tags = {
            "trained_on": f"weeks {model.since} to {model.until}",
            "golden_auc": f"{promised:.4f}",
        }
        return self.registry.register(model.pipeline, tags, self.bench.traffic.features(1)[:5])

    def _decide(self, event: str, why: str, version: int | None, evidence: Evidence) -> None:
        self.decisions.append(Decision(self.now, event, why, version, evidence))
