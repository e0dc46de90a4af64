"""What is asked of the grading of a class, and what it answers."""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from course.grading.record import Ending, Record


@dataclass(frozen=True)
class Outcome:
    """How the grading of a submission ended.

    Parameters
    ----------
    student : str
        Whose it is.
    ending : Ending
        The worst of its notebooks' endings.
    reason : str
        One sentence or more; empty if it was graded.
    sandboxed : bool
        Whether the learner's code was contained.
    anew : bool
        Whether it was graded now, rather than found unchanged.
    points, penalty, max_points : float
        What the gradebook holds: the score, what lateness costs of it, and what could be reached.
    """

    student: str
    ending: Ending
    reason: str
    sandboxed: bool
    anew: bool
    points: float = 0
    penalty: float = 0
    max_points: float = 0

    @classmethod
    def read(cls, document: dict[str, Any]) -> "Outcome":
        """Return the outcome that `dataclasses.asdict` made this of."""
        return cls(**{**document, "ending": Ending(document["ending"])})

    @classmethod
    def of(cls, records: Collection[Record], anew: bool) -> "Outcome":
        """Return how a submission ended, going by the records of its notebooks.

        Examples
        --------
        >>> fine = Record("01", "ana", "a", Ending.GRADED, "", True, "")
        >>> odd = Record("01", "ana", "b", Ending.NEEDS_PERSON, "It is odd.", True, "")
        >>> outcome = Outcome.of([fine, odd], anew=True)
        >>> outcome.ending.value, outcome.reason
        ('needs a person', 'b: It is odd.')
        """
        rank = list(Ending)
        worst = max(records, key=lambda entry: rank.index(entry.ending))
        reasons = {entry.reason: f"{entry.notebook}: " for entry in records if entry.reason}
        if {entry.reason for entry in records} == reasons.keys() and len(reasons) == 1:
            reasons = dict.fromkeys(reasons, "")  # it is the same for all
        reason = " ".join(name + text for text, name in reasons.items())
        sandboxed = all(entry.sandboxed for entry in records)
        return cls(worst.student, worst.ending, reason, sandboxed, anew)


@dataclass(frozen=True)
class Wish:
    """What is to be graded, and by whom.

    Parameters
    ----------
    assignment : str
        nbgrader's name for the assignment.
    students : tuple of str
        Whose submissions; all if it is empty.
    force : bool
        Whether to grade again what has not changed.
    workers : int
        How many processes grade; 0 for as many as there are cores.
    scheduler : str
        The address of a Dask scheduler whose workers grade instead.
    warm_socket : str
        The socket of a warm process for the kernels of this machine; empty to let each worker
        start its own.
    """

    assignment: str
    students: tuple[str, ...] = ()
    force: bool = False
    workers: int = 0
    scheduler: str = ""
    warm_socket: str = ""

    @property
    def processes(self) -> int:
        """How many processes grade on this machine."""
        return self.workers or cores()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Tell = Callable[[str, Any], object]
