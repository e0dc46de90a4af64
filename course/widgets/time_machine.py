"""Lesson 10's widget: a retraining policy against the whole of 2013, its quality and its cost."""

from __future__ import annotations

from dataclasses import replace

from matplotlib.figure import Figure

from course.figures.retraining import time_machine
from course.incidents import INCIDENTS, POISON, UNIT_BUG
from course.policies import Evidence, Policy, Trigger, every, never, on_drift, on_quality
from course.production import Production
from course.retraining import Year, run
from course.widgets.explorer import Explorer, choice, slider
from course.workbench import flightdesk

TRIGGERS: dict[str, Trigger] = {
    "never": never,
    "every week": every(1),
    "every 4 weeks": every(4),
    "every 8 weeks": every(8),
    "every 13 weeks": every(13),
    "on drift": on_drift(),
    "on measured quality": on_quality(),
}
COUNTED = {
    "promoted": ("promotion", "promotions"),
    "refused": ("refusal", "refusals"),
    "rolled back": ("rollback", "rollbacks"),
    "stopped": ("stopped canary", "stopped canaries"),
    "failed": ("failed training", "failed trainings"),
    "alert": ("alert", "alerts"),
}
SELDOM = ("stopped", "failed", "alert")  # not worth a word where there are none
OWN = "by your own policy"
SHADED = {"unit bug": ("unit bug", UNIT_BUG), "poisoned labels": ("poisoned\nlabels", POISON)}
HAPPENED = {"unit bug": "a unit bug in July", "poisoned labels": "poisoned labels in October"}


def _dated(week: int) -> str:
    start = Production().start(week)
    return f"{week}, from {start.day} {start:%B}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"


def _weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


class TimeMachine(Explorer):
    """Choose when to retrain, and see what it would have done to 2013, and what it cost.

    Parameters
    ----------
    own : Policy or callable, optional
        A policy of your own, or the trigger of one: it takes an `Evidence` and returns whether to
        retrain. The control *Cooldown* starts at the policy's, and rules when it is moved.

    Raises
    ------
    TypeError
        If `own` is neither.

    Examples
    --------
    >>> machine = TimeMachine(own=lambda evidence: evidence.estimated < 0.66)
    >>> machine.week, machine.cooldown = 16, 4
    >>> print(machine.describe())  # doctest: +ELLIPSIS
    Up to week 16, retraining by your own policy with a cooldown of 4 weeks gave ...
    """

    policy = choice("on drift", list(TRIGGERS), label="Retrain")
    week = slider(39, 1, 39, label="Week", show=_dated)
    cooldown = slider(4, 1, 12, label="Cooldown", show=_weeks)
    label_delay = slider(2, 0, 8, step=2, label="Labels arrive after", show=_weeks)
    training = slider(4000, 0, 10_000, step=500, label="Cost of a training", show="€{:,}".format)
    hour = slider(100, 0, 500, step=10, label="Cost of a bad hour", show="€{:,}".format)
    incident = choice("none", INCIDENTS, label="Incident")

    def __init__(self, own: Policy | Trigger | None = None) -> None:
        self._years: dict[tuple[object, ...], Year] = {}
        self._policies = {name: Policy(trigger) for name, trigger in TRIGGERS.items()}
        start = {}
        if own is not None:
            policy = own if isinstance(own, Policy) else Policy(own)
            if not callable(policy.trigger):
                raise TypeError(f"own is a Policy or a function of an Evidence, not {own!r}.")
            self._policies["own"] = replace(policy, trigger=_guarded(policy.trigger))
            texts = {name: name for name in TRIGGERS} | {"own": OWN}
            self.add_traits(policy=choice("own", texts, label="Retrain"))
            start["cooldown"] = policy.cooldown
        super().__init__(**start)

    def draw(self) -> Figure:
        """Draw quality, decisions and cost up to the week."""
        return time_machine(
            self._play(),
            self._baselines(),
            self.week,
            self.hour,
            self.training,
            SHADED.get(self.incident),
        )

    def describe(self) -> str:
        """Compare the policy with never and always."""
        year = self._play()
        mean, worst, cost = self._outcome(year)
        others = []
        for name, other in self._baselines().items():
            its_mean, its_worst, its_cost = self._outcome(other)
            if its_cost == cost:
                compared = "just as cheap"
            else:
                compared = f"€{abs(its_cost - cost):,} {'dearer' if its_cost > cost else 'cheaper'}"
            others.append(
                f"{name} retraining would have been {compared} "
                f"(mean {its_mean:.3f}, worst {its_worst:.3f})"
            )
        return (
            f"Up to week {self.week}, {self._named()} gave a mean AUC of {mean:.3f} and a worst "
            f"week of {worst:.3f} for €{cost:,}, with {self._events(year)}. "
            f"{'; '.join(others).capitalize()}."
        )

    def _play(self) -> Year:
        return self._played(self.policy, self.cooldown if self._cools_down else 1)

    @property
    def _cools_down(self) -> bool:
        """Whether a cooldown means anything to the policy: a schedule has its own pace."""
        return self.policy != "never" and not self.policy.startswith("every")

    def _baselines(self) -> dict[str, Year]:
        """Return what to compare with, unless it is itself played."""
        years = {"never": self._played("never", 1), "always": self._played("every week", 1)}
        return {name: year for name, year in years.items() if year is not self._play()}

    def _played(self, policy: str, cooldown: int) -> Year:
        key = policy, cooldown, self.label_delay, self.incident
        if key not in self._years:
            followed = replace(self._policies[policy], cooldown=cooldown)
            bench = flightdesk(self.incident)
            self._years[key] = run(followed, bench, label_delay=self.label_delay)
        return self._years[key]

    def _outcome(self, year: Year) -> tuple[float, float, int]:
        """Return the mean AUC, the worst week's, and the cost in euros, all up to the week."""
        quality, cost = (
            series[: self.week] for series in (year.quality, year.cost(self.hour, self.training))
        )
        return float(quality.mean()), float(quality.min()), round(float(cost.sum()))

    def _named(self) -> str:
        if self.policy == "never":
            named = "never retraining"
        else:
            named = f"retraining {OWN if self.policy == 'own' else self.policy}"
            if self._cools_down and self.cooldown > 1:
                named += f" with a cooldown of {_weeks(self.cooldown)}"
        if self.incident in HAPPENED and self.week >= SHADED[self.incident][1][0]:
            return f"through {HAPPENED[self.incident]}, {named}"
        return named

    def _events(self, year: Year) -> str:
        def so_far(weeks: list[int]) -> int:
            return sum(week <= self.week for week in weeks)

        trainings = so_far(year.trainings)
        counts = [_count(trainings, "training", "trainings")]
        for event, words in COUNTED.items():
            number = so_far(year.at(event))
            if number or (trainings and event not in SELDOM):
                counts.append(_count(number, *words))
        *first, last = counts
        return f"{', '.join(first)} and {last}" if first else last


def _guarded(trigger: Trigger) -> Trigger:
    """Return a trigger that says in which week it failed, and why."""

    def guarded(evidence: Evidence) -> bool:
        try:
            fires = trigger(evidence)
            if fires is None:
                raise TypeError("it returned None, not True or False")
            return bool(fires)
        except Exception as error:
            reason = f"your policy failed in week {evidence.week}, {type(error).__name__}: {error}"
            raise RuntimeError(reason) from error

    return guarded
