"""Grade all submissions of an assignment side by side."""

import fcntl
import os
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from course.grading.autograde import ContainedExporter, missing
from course.grading.classroom.configuration import fit_to_travel, to_json
from course.grading.classroom.coursework import Coursework
from course.grading.classroom.crew import Crew, Job, local_client, remote_client
from course.grading.classroom.outcome import Outcome, Tell, Wish
from course.grading.classroom.parcel import pack
from course.grading.classroom.result import Handed, Result
from course.grading.classroom.writer import Writer, tidy
from course.grading.errors import GradingError
from course.grading.gradebook import connect, presentable, unfit
from course.grading.kernel.settings import KernelSettings
from course.grading.record import Ending, Record

PATIENCE = 20.0  # seconds for another run in the same course, which may be about to end


def grade_class(config: Config, wish: Wish, tell: Tell = lambda kind, what: None) -> list[Outcome]:
    """Grade the submissions of an assignment that have changed since they were graded.

    The gradebook and the files in `autograded/` become what `nbgrader autograde` makes of them.
    Killed at any instant and begun again, it ends as if it had not been killed.

    Parameters
    ----------
    config : Config
        nbgrader's settings, as `configuration.load` returns them.
    wish : Wish
        What is to be graded.
    tell : callable, optional
        Called as things happen: with `"submissions"` and their number; for each that is done with
        `"outcome"` and its `Outcome`; and with `"note"` and a sentence for the instructor.

    Returns
    -------
    list of Outcome
        One for each submission.

    Raises
    ------
    GradingError
        If grading cannot begin, or go on. What was recorded before stays.
    """
    _check(config)
    with ExitStack() as stack:
        stack.enter_context(_alone(CourseDirectory(config=config)))
        coursework = Coursework(config, wish.assignment)
        students = _wanted(coursework, wish.students)
        tell("submissions", len(students))
        writer = Writer(config, wish.assignment, lambda sentence: tell("note", sentence))
        stack.callback(writer.close)
        run = _Run(coursework, writer, wish, tell)
        jobs = run.jobs(students)
        first = next(jobs, None)
        if first:  # where nothing has changed, nobody need be called in
            crew = _crew(stack, coursework, wish)
            contained = not KernelSettings.of(config).allow_unsandboxed
            for handed, answer in crew.grade(chain([first], jobs)):
                run.record(handed, Result.read(handed, wish.assignment, answer, contained))
    return _with_points(coursework, [run.outcomes[student] for student in students])


class _Run:
    """What becomes of one submission after another."""

    def __init__(self, coursework: Coursework, writer: Writer, wish: Wish, tell: Tell) -> None:
        self.outcomes: dict[str, Outcome] = {}
        self._coursework = coursework
        self._writer = writer
        self._wish = wish
        self._tell = tell

    def jobs(self, students: list[str]) -> Iterator[Job]:
        """Yield the submissions that are to be graded; see to the others."""
        for student in students:
            if why := unfit(student):
                self._turn_away(student, why)
                continue
            try:
                handed, files, aside = self._coursework.read(student)
            except OSError as error:
                reason = f"It cannot be read ({error}): see to the rights of its files."
                self._refuse(Handed(student, (), None, ""), reason, final=False)
                continue
            for sentence in aside:
                self._tell("note", f"{student}: {sentence}")
            folder = self._writer.folder(student)
            tidy(folder)
            unchanged = self._coursework.unchanged(handed, folder)
            if unchanged and not self._wish.force:
                self._note(student, unchanged, anew=False)
            elif handed.notebooks:
                yield handed, pack({"student": student}, files)
            else:
                self._refuse(handed, missing(self._coursework.notebooks), final=True)

    def _turn_away(self, student: str, reason: str) -> None:
        """Record of somebody whom the gradebook cannot know that nothing could be run."""
        handed = Handed(presentable(student), tuple(self._coursework.notebooks), None, "")
        result = Result.failed(handed, self._wish.assignment, reason, sandboxed=True)
        self._writer.note(result)
        self._note(student, result.records, anew=True)

    def _refuse(self, handed: Handed, reason: str, final: bool) -> None:
        """Record of all notebooks of the assignment that they could not be run."""
        handed = replace(handed, notebooks=tuple(self._coursework.notebooks))
        result = Result.failed(handed, self._wish.assignment, reason, sandboxed=True, final=final)
        self.record(handed, result)

    def record(self, handed: Handed, result: Result) -> None:
        """Record a result; if that is the result's fault, that it could not be recorded."""
        try:
            self._writer.write(handed, result)
        except GradingError:
            raise
        except (SQLAlchemyError, OSError) as error:
            raise GradingError(
                f"A result could not be recorded ({error}): see to it and run the same command "
                "again; what was recorded before stays."
            ) from error
        except Exception as error:
            if not result.files:  # even that cannot be recorded: it is not this submission's fault
                raise
            reason = f"Recording it failed ({type(error).__name__}: {error})."
            contained = all(entry.sandboxed for entry in result.records)
            self.record(handed, Result.failed(handed, self._wish.assignment, reason, contained))
        else:
            for sentence in result.notes:
                self._tell("note", sentence)
            self._note(handed.student, result.records, anew=True)

    def _note(self, student: str, records: Collection[Record], anew: bool) -> None:
        self.outcomes[student] = outcome = Outcome.of(records, anew)
        self._tell("outcome", outcome)


def _check(config: Config) -> None:
    """Refuse to run strangers' code by settings that do not contain it."""
    exporter = config.Autograde.get("exporter_class")
    kind = import_item(exporter) if isinstance(exporter, str) else exporter
    if not (isinstance(kind, type) and issubclass(kind, ContainedExporter)):
        raise GradingError(
            "The settings of this course do not contain what they run: add "
            "`from course.grading import settings` and `settings.use(c)` to nbgrader_config.py."
        )


def _wanted(coursework: Coursework, students: Collection[str]) -> list[str]:
    """Return whose submissions are to be graded."""
    found = coursework.students()
    if missing := [student for student in students if student not in found]:
        raise GradingError(
            f"{', '.join(missing)} handed in no {coursework.assignment}: "
            "look for the name in submitted/."
        )
    if not found:
        raise GradingError(
            f"Nobody handed in {coursework.assignment}: fetch what was submitted with "
            f"`nbgrader collect {coursework.assignment}`."
        )
    return [student for student in found if student in students] if students else found


@contextmanager
def _alone(coursedir: CourseDirectory) -> Iterator[None]:
    """Keep others from grading in the same course meanwhile."""
    folder = Path(coursedir.format_path(coursedir.autograded_directory, ".", "."))
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise GradingError(
                        "Somebody is grading in this course already: wait until that has ended."
                    ) from None
                time.sleep(0.1)
        yield
    finally:
        os.close(descriptor)


def _crew(stack: ExitStack, coursework: Coursework, wish: Wish) -> Crew:
    """Call workers in, until the end of `stack`."""
    settings = fit_to_travel(coursework.config)
    if wish.scheduler:
        scratch = ""
        client = stack.enter_context(remote_client(wish.scheduler))
    else:
        settings.ContainedProvisioner.warm_socket = wish.warm_socket
        scratch = stack.enter_context(
            TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True)
        )
        client = stack.enter_context(local_client(wish.processes, scratch))
    text = to_json(settings)
    return Crew(client, coursework.parcel(text, scratch), text)


def _with_points(coursework: Coursework, outcomes: list[Outcome]) -> list[Outcome]:
    """Add what the gradebook says of the points, and of what a person has seen to since."""
    entity = SubmittedAssignment
    query = (
        select(entity.student_id, entity.score, entity.late_submission_penalty, entity.max_score)
        .join(Assignment, Assignment.id == entity.assignment_id)
        .where(Assignment.name == coursework.assignment)
    )
    with connect(coursework.coursedir.db_url) as connection:
        points = {student: values for student, *values in connection.execute(query)}
        waiting = set(connection.scalars(_to_be_marked(coursework.assignment)))
    names = ("points", "penalty", "max_points")
    outcomes = [
        replace(each, ending=Ending.GRADED, reason="")
        if each.ending is Ending.NEEDS_PERSON and each.student not in waiting
        else each
        for each in outcomes
    ]
    return [
        replace(each, **dict(zip(names, points.get(each.student, (0, 0, 0)), strict=True)))
        for each in outcomes
    ]


def _to_be_marked(assignment: str) -> Select[tuple[str]]:
    """Return the query for students in whose submission a person has something to look at."""
    entity = SubmittedAssignment
    return (
        select(entity.student_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == entity.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(Assignment, Assignment.id == entity.assignment_id)
        .where(Assignment.name == assignment, Grade.needs_manual_grade)
    )
