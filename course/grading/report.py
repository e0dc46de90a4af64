"""What a check found out, for people and for programs."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How far the learner has got with an exercise."""

    PASSED = "passed"
    PARTLY = "partly"
    WRONG = "wrong"
    NOT_ATTEMPTED = "not attempted"
    COULD_NOT_RUN = "could not run"


@dataclass(frozen=True)
class Claim:
    """One check of an exercise.

    Parameters
    ----------
    id : str
        The check's `grade_id`.
    text : str
        What it claims of a right answer.
    passed : bool
        Whether the claim holds for this answer.
    points, max_points : float
        What the gradebook would hold, and what the check is worth.
    question : str or None
        Why it failed, in words that may be shown; None if it passed or has nothing to say.
    """

    id: str
    text: str
    passed: bool
    points: float
    max_points: float
    question: str | None


@dataclass(frozen=True)
class Exercise:
    """One answer and what its checks say.

    Parameters
    ----------
    name : str
        The `grade_id` of the answer's cell.
    title : str
        The heading of its task, or its name if the task has none.
    state : State
        How far the learner has got.
    reason : str or None
        One sentence about what stopped it, if something did.
    claims : tuple of Claim
        In the order of the lesson.
    """

    name: str
    title: str
    state: State
    reason: str | None
    claims: tuple[Claim, ...]

    @property
    def points(self) -> float:
        """What the gradebook would hold."""
        return sum(claim.points for claim in self.claims)

    @property
    def max_points(self) -> float:
        """What a right answer is worth."""
        return sum(claim.max_points for claim in self.claims)


@dataclass(frozen=True)
class Report:
    """What a check found in one notebook.

    Parameters
    ----------
    exercises : tuple of Exercise
        In the order of the lesson.
    notes : tuple of str
        What the learner should know of the notebook as a whole, a sentence each.

    Examples
    --------
    >>> claim = Claim("sum-check-zero", "The sum of nothing is 0.", False, 0, 2, "And if empty?")
    >>> report = Report((Exercise("sum", "Add up", State.WRONG, None, (claim,)),), ())
    >>> report.points, report.max_points, report.complete
    (0, 2, False)
    >>> report.as_dict()["exercises"][0]["state"]
    'wrong'
    """

    exercises: tuple[Exercise, ...]
    notes: tuple[str, ...]

    @property
    def points(self) -> float:
        """What the gradebook would hold, before a penalty for lateness."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def max_points(self) -> float:
        """What a notebook with every answer right is worth."""
        return sum(exercise.max_points for exercise in self.exercises)

    @property
    def complete(self) -> bool:
        """Whether every exercise has passed."""
        return all(exercise.state is State.PASSED for exercise in self.exercises)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as a JSON document: only dicts, lists, strings and numbers."""
        return {
            "points": self.points,
            "max_points": self.max_points,
            "notes": list(self.notes),
            "exercises": [
                {
                    "name": exercise.name,
                    "title": exercise.title,
                    "state": exercise.state.value,
                    "reason": exercise.reason,
                    "points": exercise.points,
                    "max_points": exercise.max_points,
                    "claims": [asdict(claim) for claim in exercise.claims],
                }
                for exercise in self.exercises
            ],
        }
