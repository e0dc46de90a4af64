"""Record what a worker found: the one place that writes to the gradebook and to `autograded/`.

A result is recorded as a whole or not at all. Its files are written beside the place they are for.
Then, in one transaction, the gradebook is changed, and before that is committed, the folder takes
its place. Killed before, nothing has changed; killed between the two, the records are still those
of what was there before, so that the submission is graded again.
"""

import shutil
import signal
import sqlite3
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Any

from nbgrader.api import BaseCell, Gradebook, InvalidEntry, Notebook, Student, SubmittedAssignment
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import create_engine, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import scoped_session, sessionmaker
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from course.grading import ledger
from course.grading.classroom.parcel import File, sync_folder, write_files
from course.grading.classroom.result import Handed, Result
from course.grading.errors import GradingError

NO_CELL = ("", "")  # somebody changed the assignment meanwhile
TRIES = 10  # times that a locked gradebook is waited for, each as long as `gradebook.prepare` says
LOCKED = ("40P01", "55P03")  # PostgreSQL's codes of a deadlock, and of a lock not had in time


class Writer:
    """Record results, one after another.

    Parameters
    ----------
    config : Config
        nbgrader's settings.
    assignment : str
        What is graded.
    tell : callable, optional
        Called with a sentence when something takes longer than it should.
    """

    def __init__(
        self, config: Config, assignment: str, tell: Callable[[str], object] = lambda line: None
    ) -> None:
        self._assignment = assignment
        self._tell = tell
        self._coursedir = CourseDirectory(config=config)
        converter = Autograde(coursedir=self._coursedir, config=config)
        self._create_student: bool = converter.create_student
        self._late = _late_penalties(converter)
        self._gradebook = Gradebook(self._coursedir.db_url, self._coursedir.course_id)
        self._engine = create_engine(self._coursedir.db_url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _leave_transactions_to_us)
            event.listen(self._engine, "begin", _lock_at_once)
        query = select(BaseCell.id, Notebook.name, BaseCell.name).join(BaseCell.notebook)
        with self._engine.begin() as connection:
            self._cells = {
                key: (notebook, cell) for key, notebook, cell in connection.execute(query)
            }

    def close(self) -> None:
        """Let go of the gradebook."""
        self._gradebook.close()
        self._engine.dispose()

    def folder(self, student: str) -> Path:
        """Return where someone's graded files are to lie."""
        coursedir = self._coursedir
        step = coursedir.autograded_directory
        return Path(coursedir.format_path(step, student, self._assignment))

    def write(self, handed: Handed, result: Result) -> None:
        """Record a result, in place of what was recorded before.

        Scores and comments that a person gave are kept.

        Parameters
        ----------
        handed : Handed
            The submission.
        result : Result
            What a worker found.

        Raises
        ------
        GradingError
            If the gradebook or the disk cannot be written; then nothing has changed.
        """
        folder = self.folder(handed.student)
        new = _beside(folder, "new")
        tidy(folder)
        try:
            if result.files:
                self._stage(new, result.files)
            if result.final or not folder.is_dir():
                self._commit(handed, result)
            else:
                self.note(result)
        except BaseException as error:
            shutil.rmtree(new, ignore_errors=True)
            if _is_full(error):
                raise GradingError(
                    "The disk is full: make room and run the same command again; what was recorded "
                    "before is whole."
                ) from None
            raise
        tidy(folder)

    def note(self, result: Result) -> None:
        """Record only how it ended, and keep the points and the files that there are."""
        with self._engine.begin() as connection:
            ledger.save(connection, result.records)

    def _stage(self, new: Path, files: dict[str, File]) -> None:
        write_files(new, files, durably=True)
        if self._coursedir.groupshared:
            top = Path(self._coursedir.format_path(self._coursedir.autograded_directory, ".", "."))
            for folder in (top, new, *(path for path in new.rglob("*") if path.is_dir())):
                mode = folder.stat().st_mode & 0o7777
                if mode != (shared := (mode | 0o2770) & 0o2777):
                    with suppress(PermissionError):  # it is another instructor's
                        folder.chmod(shared)

    def _commit(self, handed: Handed, result: Result) -> None:
        """Change the gradebook, and swap the folders, together; wait for a gradebook in use.

        Once it is not in use, Ctrl-C has to wait until both are done.
        """
        folder = self.folder(handed.student)
        for attempt in range(1, TRIES + 1):
            try:
                with ExitStack() as undo, ExitStack() as calm:
                    with self._engine.begin() as connection:
                        calm.enter_context(_undisturbed())
                        self._change(connection, handed, result)
                        _swap(folder, undo)
                    undo.pop_all()
                return
            except OperationalError as error:
                if not _is_locked(error) or attempt == TRIES:
                    raise
                self._tell("Another program holds the gradebook: waiting for it.")

    def _change(self, connection: Connection, handed: Handed, result: Result) -> None:
        """Do to the gradebook what nbgrader's own steps do, in the transaction of `connection`."""
        session = scoped_session(
            sessionmaker(
                bind=connection,
                join_transaction_mode="create_savepoint",
                expire_on_commit=False,  # nobody else writes meanwhile
            )
        )
        self._gradebook.db = session
        try:
            if self._create_student or session.get(Student, handed.student):
                with warnings.catch_warnings(action="ignore"):  # nbgrader's own, of no consequence
                    self._gradebook.update_or_create_student(handed.student)
                    submission = self._submission(handed)
                self._score(submission, handed, result)
            session.commit()
        finally:
            session.remove()
        ledger.forget(connection, self._assignment, handed.student)
        ledger.save(connection, result.records)

    def _submission(self, handed: Handed) -> SubmittedAssignment:
        known = {"timestamp": handed.timestamp} if handed.timestamp else {}
        return self._gradebook.update_or_create_submission(
            self._assignment, handed.student, **known
        )

    def _score(self, submission: SubmittedAssignment, handed: Handed, result: Result) -> None:
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                cell = self._cells.get(grade.cell_id, NO_CELL)
                # Of what could not be run there is nothing that Formgrader could show.
                score, by_hand = result.scores.get(cell, (None, bool(result.files)))
                grade.auto_score = score
                # As nbgrader's: who marked an earlier version is to look again. One that was not
                # handed in has nothing to look at.
                marked = notebook.name in handed.notebooks and grade.manual_score is not None
                grade.needs_manual_grade = by_hand or marked
            for comment in notebook.comments:
                cell = self._cells.get(comment.cell_id, NO_CELL)
                comment.auto_comment = result.comments.get(cell)
            notebook.late_submission_penalty = None
            graded = f"{notebook.name}.ipynb" in result.files
            if graded and self._late and submission.total_seconds_late > 0:
                self._gradebook.db.flush()
                self._gradebook.db.refresh(notebook, ["score"])  # it is the database's sum
                penalty = self._late.plugin_inst.late_submission_penalty(
                    handed.student, notebook.score, submission.total_seconds_late
                )
                if penalty is not None:
                    penalty = self._late._check_late_penalty(notebook, penalty)
                    notebook.late_submission_penalty = penalty


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C, and who ends this process because of it, wait until what was begun is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _: asked.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in asked:
            signal.raise_signal(late)


def tidy(folder: Path) -> None:
    """Remove what a run, maybe a killed one, left beside the place of a graded submission."""
    for which in ("new", "old"):
        shutil.rmtree(_beside(folder, which), ignore_errors=True)


def _beside(folder: Path, which: str) -> Path:
    return folder.with_name(f".{folder.name}.{which}")


def _swap(folder: Path, undo: ExitStack) -> None:
    """Put the new folder, if there is one, in the place of the old one, if there is one."""
    new, old = _beside(folder, "new"), _beside(folder, "old")
    if folder.exists():
        folder.rename(old)
        undo.callback(old.rename, folder)
    if new.exists():
        new.rename(folder)
        undo.callback(folder.rename, new)
        sync_folder(folder.parent)


def _late_penalties(converter: Autograde) -> AssignLatePenalties | None:
    """Return the step of the settings that takes points off for lateness, if there is one."""
    for step in converter.autograde_preprocessors:
        kind = import_item(step) if isinstance(step, str) else step
        if isinstance(kind, type) and issubclass(kind, AssignLatePenalties):
            late = kind(parent=converter)
            late.init_plugin()
            return late if late.enabled else None
    return None


def _leave_transactions_to_us(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None


def _lock_at_once(connection: Connection) -> None:
    """Wait for the lock before reading: who has read may not wait, lest two wait for each other."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_locked(error: OperationalError) -> bool:
    if isinstance(error.orig, sqlite3.OperationalError):
        return "locked" in str(error.orig)
    return getattr(error.orig, "pgcode", None) in LOCKED


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in (ENOSPC, EDQUOT)
    if isinstance(error, DBAPIError | InvalidEntry):  # the latter is what nbgrader makes of it
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        return "disk is full" in said or "No space left" in said
    return False
