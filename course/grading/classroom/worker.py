"""Grade one submission, in whatever process and on whatever machine.

`grade_one` takes bytes and returns bytes: it shares no file, no gradebook and no object with the
process that asks. Inside, stock nbgrader autogrades a course folder with this one submission.
"""

import logging
import shutil
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from errno import EDQUOT, ENOSPC
from functools import lru_cache
from glob import escape
from pathlib import Path
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, Notebook, SubmittedNotebook
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import event, select

from course.grading import ledger
from course.grading.classroom.configuration import from_json
from course.grading.classroom.fingerprint import own_code
from course.grading.classroom.parcel import File, pack, read_files, unpack, write_files
from course.grading.errors import GradingError
from course.grading.kernel.start import refusal

ROOM = 2**16  # bytes that a submission takes at least
DEFINITIONS = "/gradebook.db"  # in a course's parcel; no file of `source/` can be called that
LAYOUT = ("directory_structure", "source_directory", "submitted_directory", "autograded_directory")

_one_at_a_time = threading.Lock()  # nbgrader changes into the course's folder, with all its threads


def grade_one(course: bytes, job: bytes) -> bytes:
    """Grade one submission.

    Parameters
    ----------
    course : bytes
        A parcel that is the same for all submissions. Its document: `assignment`, its name;
        `settings`, as `configuration.to_json` wrote them; `scratch`, a folder to work in, or
        nothing for the system's own; `code`, what `own_code` must return here. Its files: those of
        `source/`, and the gradebook's definitions as `DEFINITIONS`.
    job : bytes
        A parcel of the submission: a document with `student`, and the files handed in.

    Returns
    -------
    bytes
        A parcel of the result. Its document: `error`, why the submission could not be graded, or
        nothing; then also `full`, whether this machine's disk is; `grades`, `comments` and
        `records`, as they came to be in the gradebook; and `notes`, what nbgrader's log said of the
        submission. Its files: those that came to be in `autograded/`.
        No exception leaves this function, as exceptions travel in pickles.
    """
    try:
        with _one_at_a_time, warnings.catch_warnings(action="ignore"):
            document, files = _graded(_desk(course), *unpack(job))
    except Exception as error:
        document, files = _failed(f"{type(error).__name__}: {error}"), {}
    if document["error"]:
        document["full"] = _is_full(unpack(course)[0]["scratch"])
    return pack(document, files)


def introduce(settings: str) -> tuple[str, str | None]:
    """Return the digest of this process's code, and why it cannot grade, if it cannot.

    Parameters
    ----------
    settings : str
        nbgrader's settings, as `configuration.to_json` wrote them.
    """
    return own_code(), refusal(from_json(settings))


class _Desk:
    """A course folder for one submission after another of the same assignment."""

    def __init__(self, course: bytes) -> None:
        document, files = unpack(course)
        if document["code"] != own_code():  # a worker that came later, and was not introduced
            raise GradingError("this worker has another version of this package, or of Python")
        self.definitions = files.pop(DEFINITIONS).content
        self.assignment: str = document["assignment"]
        self._place = tempfile.TemporaryDirectory(
            prefix="desk-", dir=document["scratch"] or None, ignore_cleanup_errors=True
        )
        self.root = Path(self._place.name)
        write_files(self.root / "source" / self.assignment, files)
        self.config = from_json(document["settings"])
        for name in LAYOUT:
            self.config.CourseDirectory.pop(name, None)
        self.config.CourseDirectory.root = str(self.root)
        self._database = self.root / "gradebook.db"
        self._database.write_bytes(self.definitions)
        self.config.CourseDirectory.db_url = f"sqlite:///{self._database}"
        self.config.CourseDirectory.assignment_id = self.assignment
        self.config.Autograde.create_student = True  # the definitions know no student
        coursedir = CourseDirectory(config=self.config)
        self.gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
        event.listen(self.gradebook.engine, "connect", _write_carelessly)
        self.gradebook.db.configure(expire_on_commit=False)  # each step has a session of its own
        self.gradebook.close()

    def folder(self, step: str, student: str) -> Path:
        """Return where a submission lies before or after it is graded."""
        return self.root / step / student / self.assignment

    def lay_out(self, student: str, files: dict[str, File]) -> None:
        """Clear the desk, and put a submission on it."""
        for step in ("submitted", "autograded"):
            shutil.rmtree(self.root / step, ignore_errors=True)
        write_files(self.folder("submitted", student), files)
        self._database.write_bytes(self.definitions)
        self.config.CourseDirectory.student_id = escape(student)


_desk = lru_cache(maxsize=1)(_Desk)  # most submissions are of the same assignment as the last


def _graded(
    desk: _Desk, job: dict[str, Any], files: dict[str, File]
) -> tuple[dict[str, Any], dict[str, File]]:
    """Let nbgrader grade a submission; return what it wrote."""
    student = job["student"]
    desk.lay_out(student, files)
    with _heard() as said, _kept_open(desk.gradebook):
        try:
            coursedir = CourseDirectory(config=desk.config)
            Autograde(coursedir=coursedir, config=desk.config).start()
        except NbGraderException:  # has been logged, and before it what it was raised for
            return _failed(_exception_in(said)), {}
        document = _recorded(desk)
    about = f"{student}: "  # how a step begins what the instructor should know of a submission
    notes = [message for _, message in said if message.startswith(about)]
    return {**document, "notes": notes}, read_files(desk.folder("autograded", student))


def _recorded(desk: _Desk) -> dict[str, Any]:
    """Return what nbgrader wrote into the desk's gradebook."""
    with desk.gradebook.engine.connect() as connection:
        grades, comments = (
            connection.execute(
                select(Notebook.name, BaseCell.name, *columns)
                .join(SubmittedNotebook, SubmittedNotebook.notebook_id == Notebook.id)
                .join(entity, entity.notebook_id == SubmittedNotebook.id)
                .join(BaseCell, BaseCell.id == entity.cell_id)
            )
            for entity, columns in (
                (Grade, (Grade.auto_score, Grade.needs_manual_grade)),
                (Comment, (Comment.auto_comment,)),
            )
        )
        return {
            "error": "",
            "grades": [list(row) for row in grades],
            "comments": [list(row) for row in comments],
            "records": [asdict(entry) for entry in ledger.load(connection, desk.assignment)],
        }


def _write_carelessly(connection: Any, _: Any) -> None:
    """Do not wait for the disk: a desk's gradebook is of no use to anybody who comes later."""
    connection.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")


@contextmanager
def _kept_open(gradebook: Gradebook) -> Iterator[None]:
    """Let nbgrader have this gradebook where it opens one: eleven times a submission."""
    begin, close = Gradebook.__init__, Gradebook.close
    Gradebook.__init__ = lambda self, *args, **kwargs: self.__dict__.update(vars(gradebook))
    Gradebook.close = lambda self: self.db.remove()
    try:
        yield
    finally:
        Gradebook.__init__, Gradebook.close = begin, close
        gradebook.close()


def _failed(error: str) -> dict[str, Any]:
    return {"error": f"Grading it failed ({error}).", "grades": [], "comments": [], "records": []}


def _is_full(scratch: str) -> bool:
    """Tell whether there is no room to work in, whatever may have been said of that."""
    try:
        with tempfile.TemporaryFile(dir=scratch or None) as file:
            file.write(bytes(ROOM))
            file.flush()
    except OSError as error:
        return error.errno in (ENOSPC, EDQUOT)
    return False


class _Listener(logging.Handler):
    """Keeps what is logged, as text: a thing of the gradebook's cannot be read for long."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[tuple[int, str]] = []

    def emit(self, entry: logging.LogRecord) -> None:
        """Keep a message with its level."""
        self.heard.append((entry.levelno, entry.getMessage().strip()))


@contextmanager
def _heard() -> Iterator[list[tuple[int, str]]]:
    """Listen to the warnings and errors that nbgrader logs."""
    listener = _Listener()
    logger = logging.getLogger("traitlets")
    logger.addHandler(listener)
    try:
        yield listener.heard
    finally:
        logger.removeHandler(listener)


def _exception_in(said: list[tuple[int, str]]) -> str:
    """Return the last line of the first traceback; without one, what was said first."""
    messages = [message for level, message in said if level >= logging.ERROR]
    for message in messages:
        if message.startswith("Traceback"):
            return message.rpartition("\n")[2]
    return messages[0] if messages else "nbgrader did not say why"
