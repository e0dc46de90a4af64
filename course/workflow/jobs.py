"""The jobs of a workflow: which stages each runs, and what has to succeed before a stage runs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from course.workflow import scripts
from course.workflow.conditions import UNKNOWN, asks_for_status, holds
from course.workflow.events import MAIN, ON_BRANCH, Event
from course.workflow.matrix import variants
from course.workflow.reading import Document

ANYONE = "anyone-of-the-team"
PUSH_TO_MAIN = Event("push", ON_BRANCH + MAIN)


@dataclass(frozen=True)
class Step:
    """A step of a job, and where it stands."""

    data: Mapping[str, Any]
    place: str

    @property
    def script(self) -> str:
        """What it runs in a shell."""
        return str(self.data.get("run") or "")


@dataclass(frozen=True)
class Call:
    """A session that a step runs: in which variant of a matrix, and by which call of nox."""

    stage: str
    step: int
    variant: int
    nox: scripts.NoxCall
    place: int  # among the sessions of the call; 0 for all if it goes on after a failure
    lost: str


@dataclass
class Job:
    """A job of a workflow."""

    name: str
    data: Mapping[str, Any]
    place: str
    steps: list[Step]
    env: Mapping[str, Any]
    defaults: Mapping[str, Any]

    @property
    def needs(self) -> list[str]:
        """The names of the jobs that it waits for."""
        needs = self.data.get("needs", [])
        return [needs] if isinstance(needs, str) else needs

    @property
    def condition(self) -> Any:
        """Its `if:`, None where there is none."""
        return self.data.get("if")

    def environment(self, step: Step) -> dict[str, Any]:
        """Return the variables that a step sees."""
        own = [self.data.get("env"), step.data.get("env")]
        return dict(self.env) | {
            k: v for env in own if isinstance(env, dict) for k, v in env.items()
        }

    def shell(self, step: Step, matrix: Mapping[str, str]) -> str | None:
        """Return what a step names as its shell, None where it leaves that to GitHub."""
        shell = step.data.get("shell", self.defaults.get("shell"))
        return None if shell is None else scripts.filled_in(str(shell), matrix)

    @property
    def in_other_shells(self) -> list[tuple[Step, str]]:
        """The steps that speak of nox in a shell of which nothing is known, and that shell."""
        return [
            (step, shell)
            for matrix in variants(self.data)
            for step in self.steps
            if re.search(r"\bnox\b", step.script)
            and (shell := self.shell(step, matrix)) is not None
            and not scripts.readable(shell)
        ]

    @property
    def for_some_only(self) -> bool:
        """Whether its own `if:` lets it run for a push of some people, and for others not."""
        facts = {f"github.{name}": ANYONE for name in ("actor", "triggering_actor")}
        told = (holds(self.condition, {**PUSH_TO_MAIN.facts, **more}) for more in ({}, facts))
        return [answer is False for answer in told] == [False, True]

    @cached_property
    def calls(self) -> list[Call]:
        """The sessions that its steps run, in order, for each variant of its matrix."""
        return [
            Call(stage, step, variant, nox, place if scripts.stops_at_first(nox.words) else 0, lost)
            for variant, matrix in enumerate(variants(self.data))
            for step, nox, lost in self._nox_calls(matrix)
            for place, stage in enumerate(nox.names)
        ]

    @property
    def unread(self) -> list[tuple[Step, str]]:
        """The steps with a call of nox that does not say which sessions it runs, and the call."""
        return [
            (self.steps[step], " ".join(nox.words))
            for matrix in variants(self.data)
            for step, nox, _ in self._nox_calls(matrix)
            if not nox.names or any("$" in name for name in nox.names)
        ]

    def _nox_calls(self, matrix: Mapping[str, str]) -> Iterator[tuple[int, scripts.NoxCall, str]]:
        for number, step in enumerate(self.steps):
            if holds(step.data.get("if"), PUSH_TO_MAIN.facts) is False:
                continue  # not even what is pushed to main goes through it
            known = self._known(step, matrix)
            script = scripts.filled_in(
                step.script, {**matrix, **{f"env.{name}": value for name, value in known.items()}}
            )
            tolerated = any(_true(part.get("continue-on-error")) for part in (self.data, step.data))
            shell = self.shell(step, matrix)
            for nox in scripts.nox_calls(script, known, shell):
                yield number, nox, scripts.IGNORED if tolerated else nox.lost

    def _known(self, step: Step, matrix: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of a step, filled in with what GitHub lets each level see."""
        known: dict[str, str] = {}
        for env, sees_matrix, sees_env in (
            (self.env, False, False),
            (self.data.get("env"), True, False),
            (step.data.get("env"), True, True),
        ):
            values = dict(matrix) if sees_matrix else {}
            if sees_env:
                values |= {f"env.{name}": value for name, value in known.items()}
            if isinstance(env, dict):
                known |= {k: scripts.filled_in(str(v), values) for k, v in env.items()}
        return known


class Jobs:
    """All jobs of a workflow, and the order that `needs` and steps give to their stages."""

    def __init__(self, document: Document) -> None:
        data = document.data
        self.jobs: dict[str, Job] = {}
        env = data.get("env") if isinstance(data.get("env"), dict) else {}
        for name, job in data["jobs"].items():
            defaults = {
                **((data.get("defaults") or {}).get("run") or {}),
                **((job.get("defaults") or {}).get("run") or {}),
            }
            place = f"job {name} (line {document.lines['jobs', name]})"
            steps = [
                Step(
                    step,
                    f"job {name}, step {i + 1} (line {document.lines['jobs', name, 'steps', i]})",
                )
                for i, step in enumerate(job.get("steps") or [])
            ]
            self.jobs[name] = Job(name, job, place, steps, env, defaults)

    def running(self, stage: str) -> list[Job]:
        """Return the jobs that run a stage."""
        return [job for job in self.jobs.values() if any(call.stage == stage for call in job.calls)]

    def circle(self) -> list[str]:
        """Return the jobs that wait for each other, and so never start."""
        left = {
            job.name: {name for name in job.needs if name in self.jobs}
            for job in self.jobs.values()
        }
        while free := [name for name, needs in left.items() if not needs & left.keys()]:
            for name in free:
                del left[name]
        return list(left)

    def stands_on(self, job: Job, stage: str, earlier: str) -> bool:
        """Return whether a job runs a stage only if another has succeeded before."""
        mine = [call for call in job.calls if call.stage == stage]
        return self._before(job, earlier) or all(
            any(_comes_first(job, other, call) for other in job.calls if other.stage == earlier)
            for call in mine
        )

    def _before(self, job: Job, stage: str) -> bool:
        todo, seen = self._stopping(job), set[str]()
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            if any(
                call.stage == stage and _surely(self.jobs[name], call)
                for call in self.jobs[name].calls
            ):
                return True
            todo += self._stopping(self.jobs[name])
        return False

    def _stopping(self, job: Job) -> list[str]:
        """Return the jobs without whose success a job does not run."""
        return [name for name in job.needs if name in self.jobs and _stops(job, name)]

    def may_run(self, job: Job, event: Event) -> bool:
        """Return whether an event may let a job run; no circle may be in its needs."""
        return self._may_run(job, event, {})

    def _may_run(self, job: Job, event: Event, known: dict[str, bool]) -> bool:
        if job.name not in known:
            needed = [self.jobs[name] for name in job.needs if name in self.jobs]
            skipped = [other for other in needed if not self._may_run(other, event, known)]
            facts = dict(event.facts)
            if skipped:
                facts |= {f"needs.{other.name.lower()}.result": "skipped" for other in skipped}
                facts["success"] = False
            known[job.name] = holds(job.condition, facts) is not False
        return known[job.name]


def deploys_on(jobs: Jobs, job: Job, event: Event) -> bool:
    """Return whether an event may let a job run the stage deploy."""
    steps = {call.step for call in job.calls if call.stage == "deploy"}
    conditions = (job.steps[step].data.get("if") for step in steps)
    return jobs.may_run(job, event) and any(
        holds(condition, event.facts) is not False for condition in conditions
    )


def _stops(job: Job, needed: str) -> bool:
    """Return whether a job is not run when one that it needs failed, or was skipped."""
    if not asks_for_status(job.condition):
        return True
    for result in ("failure", "skipped"):
        facts = dict(PUSH_TO_MAIN.facts) | {
            "success": False,
            "failure": result == "failure",
            "cancelled": UNKNOWN,
            f"needs.{needed.lower()}.result": result,
        }
        if holds(job.condition, facts) is not False:
            return False
    return True


def _surely(job: Job, call: Call) -> bool:
    """Return whether a stage is run for each push to main, whatever is not known here."""
    condition = job.steps[call.step].data.get("if")
    return condition is None or holds(condition, PUSH_TO_MAIN.facts) is True


def _comes_first(job: Job, call: Call, other: Call) -> bool:
    """Return whether within a job one stage must have run before another."""
    if call.variant != other.variant or call.step > other.step:
        return False
    if call.nox == other.nox and call.step == other.step:
        return call.place < other.place
    if call.step == other.step:
        return other.nox.number not in call.nox.early
    before, after = (job.steps[one.step].data.get("if") for one in (call, other))
    failed = dict(PUSH_TO_MAIN.facts) | {"success": False, "failure": True, "cancelled": UNKNOWN}
    if holds(after, failed) is not False:
        return False
    if call.nox.sure:
        return before is None or before == after
    return before == after and not other.nox.sure  # each has a condition in its script


def _true(value: Any) -> bool:
    return value is not None and holds(value, {}) is True
