"""A submission, and what was found out about it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from course.grading.classroom.parcel import File, unpack
from course.grading.errors import GradingError
from course.grading.record import Ending, Record, one_line

Cell = tuple[str, str]  # a notebook's name, and a cell's in it


@dataclass(frozen=True)
class Handed:
    """A submission, as it was when it was read.

    Parameters
    ----------
    student : str
        Who handed it in.
    notebooks : tuple of str
        The names of the assignment's notebooks that it holds.
    timestamp : datetime or None
        When it was handed in, in UTC, if that is known.
    fingerprint : str
        A digest of all that decides its scores.
    """

    student: str
    notebooks: tuple[str, ...]
    timestamp: datetime | None
    fingerprint: str


@dataclass(frozen=True)
class Result:
    """What is to be recorded of a submission.

    Parameters
    ----------
    scores : dict
        For each cell that is worth points, the automatic score, if there is one, and whether a
        person has to look at it.
    comments : dict
        For each cell that was to be answered, the automatic comment, if there is one.
    records : tuple of Record
        One for each notebook.
    files : dict of str to File
        What is to lie in `autograded/`.
    final : bool
        Whether grading the same submission again would end alike. What does not is recorded as
        such, and leaves the points and the files of an earlier grading as they are.
    notes : tuple of str
        What the instructor should know of it, a sentence each.
    """

    scores: dict[Cell, tuple[float | None, bool]]
    comments: dict[Cell, str | None]
    records: tuple[Record, ...]
    files: dict[str, File]
    final: bool = True
    notes: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, handed: Handed, assignment: str, answer: bytes | str, sandboxed: bool
    ) -> "Result":
        """Return what there is to record of an answer.

        Parameters
        ----------
        handed : Handed
            The submission.
        assignment : str
            nbgrader's name for the assignment.
        answer : bytes or str
            What `worker.grade_one` returned, or a sentence that says why there is nothing.
        sandboxed : bool
            Whether, where there is nothing, the learner's code was contained for certain.

        Raises
        ------
        GradingError
            If a worker has no room to work in.
        """
        if isinstance(answer, str):
            return cls.failed(handed, assignment, answer, sandboxed)
        document, files = unpack(answer)
        if document["error"] and document["full"]:
            raise GradingError(
                "The disk that a worker works on, in the system's temporary folder, is full: make "
                "room and run the same command again; what was recorded before stays."
            )
        if document["error"]:
            return cls.failed(handed, assignment, document["error"], sandboxed)
        more = {"fingerprint": handed.fingerprint}
        records = [
            Record(**{**entry, **more, "ending": Ending(entry["ending"])})
            for entry in document["records"]
        ]
        whole = {
            entry.notebook
            for entry in records
            if (file := files.get(f"{entry.notebook}.ipynb"))
            and sha256(file.content).hexdigest() == entry.result
        }
        if whole != set(handed.notebooks):
            reason = "Its grading did not come to an end: try again."
            return cls.failed(handed, assignment, reason, sandboxed)
        scores = {(book, cell): (score, hand) for book, cell, score, hand in document["grades"]}
        comments = {(book, cell): comment for book, cell, comment in document["comments"]}
        notes = tuple(one_line(note) for note in document["notes"])
        return cls(scores, comments, tuple(records), files, notes=notes)

    @classmethod
    def failed(
        cls, handed: Handed, assignment: str, reason: str, sandboxed: bool, final: bool = False
    ) -> "Result":
        """Return that a submission could not be run.

        Parameters
        ----------
        handed : Handed
            The submission.
        assignment : str
            nbgrader's name for the assignment.
        reason : str
            Why, in a sentence.
        sandboxed : bool
            Whether none of the learner's code can have run without a sandbox.
        final : bool, optional
            Whether trying again would be in vain until the submission changes.
        """
        fingerprint = handed.fingerprint if final else ""
        ending = (Ending.COULD_NOT_RUN, reason, sandboxed, "", fingerprint)
        records = (Record(assignment, handed.student, name, *ending) for name in handed.notebooks)
        return cls({}, {}, tuple(records), {}, final)
