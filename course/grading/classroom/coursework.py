"""An assignment of a course, and the submissions of it: what is to be graded, and what is not."""

import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from glob import escape, glob
from pathlib import Path

from nbgrader.api import Assignment, Notebook, SubmittedAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files
from sqlalchemy import select
from traitlets.config import Config

from course.grading import ledger
from course.grading.classroom.fingerprint import (
    digest,
    digest_files,
    digest_settings,
    engine,
    own_code,
)
from course.grading.classroom.parcel import File, pack, read_files
from course.grading.classroom.result import Handed
from course.grading.classroom.worker import DEFINITIONS
from course.grading.errors import GradingError
from course.grading.gradebook import cells, connect, definitions, prepare
from course.grading.intake.submission import set_aside
from course.grading.record import Record, file_digest

ANYBODY = "*"


@dataclass(frozen=True)
class _Known:
    """What the gradebook says of a submission that it has."""

    timestamp: datetime | None
    extension: timedelta | None


class Coursework:
    """An assignment and what was handed in of it.

    Parameters
    ----------
    config : Config
        nbgrader's settings.
    assignment : str
        nbgrader's name for it.

    Raises
    ------
    GradingError
        If the gradebook does not know it.
    """

    def __init__(self, config: Config, assignment: str) -> None:
        self.config = config
        self.assignment = assignment
        self.coursedir = CourseDirectory(config=config)
        self.root = Path(self.coursedir.root)
        url = self.coursedir.db_url
        self._definitions = definitions(url, assignment)
        prepare(url)
        with connect(url) as connection:
            found = connection.execute(
                select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
            ).one()
            self._duedate: datetime | None = found.duedate
            self.notebooks: list[str] = sorted(
                connection.scalars(select(Notebook.name).where(Notebook.assignment_id == found.id))
            )
            if not self.notebooks:
                raise GradingError(
                    f"The gradebook knows no notebook of {assignment}: make them known with "
                    f"`nbgrader generate_assignment {assignment}`."
                )
            self._known = {
                row.student_id: _Known(row.timestamp, row.extension)
                for row in connection.execute(
                    select(
                        SubmittedAssignment.student_id,
                        SubmittedAssignment.timestamp,
                        SubmittedAssignment.extension,
                    ).where(SubmittedAssignment.assignment_id == found.id)
                )
            }
            self._records: dict[str, list[Record]] = {}
            for entry in ledger.load(connection, assignment):
                self._records.setdefault(entry.student, []).append(entry)

    def parcel(self, settings: str, scratch: str) -> bytes:
        """Return what all submissions have in common, for `worker.grade_one`.

        Parameters
        ----------
        settings : str
            nbgrader's settings for the workers, as text.
        scratch : str
            A folder for them to work in; empty for one of their own choice.
        """
        document = {
            "assignment": self.assignment,
            "settings": settings,
            "scratch": scratch,
            "code": own_code(),
        }
        return pack(document, {**self._source, DEFINITIONS: File(0o600, self._definitions)})

    def students(self) -> list[str]:
        """Return who handed something in, in the order of nbgrader's autograde."""
        coursedir = self.coursedir
        step = coursedir.submitted_directory
        anybody = coursedir.format_path(step, ANYBODY, self.assignment)
        before, _, after = anybody.rpartition(ANYBODY)
        pattern = re.compile(re.escape(before) + "(.*)" + re.escape(after), re.DOTALL)
        wanted = escape(before) + coursedir.student_id + escape(after)
        folders = sorted(glob(wanted))  # noqa: PTH207 - the layout is a setting
        found = [match[1] for folder in folders if (match := pattern.fullmatch(folder))]
        excluded = coursedir.student_id_exclude.split(",")
        return [student for student in found if student not in excluded]

    def read(self, student: str) -> tuple[Handed, dict[str, File], list[str]]:
        """Read a submission.

        Parameters
        ----------
        student : str
            Whose.

        Returns
        -------
        Handed
            What there is to know of it.
        dict of str to File
            What is in it.
        list of str
            A sentence for each thing that was set aside, as no plain file or too large.
        """
        folder = self._folder(student)
        aside = set_aside(folder, self.root / "set_aside" / student / self.assignment)
        files = read_files(folder)
        timestamp = self.coursedir.get_existing_timestamp(str(folder))
        fingerprint = digest(self._fingerprint, digest_files(files), self._late(student, timestamp))
        notebooks = tuple(name for name in self.notebooks if f"{name}.ipynb" in files)
        return Handed(student, notebooks, timestamp, fingerprint), files, aside

    def unchanged(self, handed: Handed, graded: Path) -> list[Record]:
        """Return the records of a submission that need not be graded again; else none.

        Parameters
        ----------
        handed : Handed
            The submission.
        graded : Path
            Where its graded files lie.
        """
        records = self._records.get(handed.student, [])
        whole = handed.student in self._known and all(
            entry.fingerprint == handed.fingerprint
            and entry.result == file_digest(graded / f"{entry.notebook}.ipynb")
            for entry in records
        )
        return records if whole else []

    @cached_property
    def _source(self) -> dict[str, File]:
        """The course's own files of the assignment; links among them are followed."""
        coursedir = self.coursedir
        folder = coursedir.format_path(coursedir.source_directory, ".", self.assignment)
        files = {}
        for name in sorted(find_all_files(folder, coursedir.ignore)):
            path = Path(name)
            mode = path.stat().st_mode & 0o777
            files[os.path.relpath(name, folder)] = File(mode, path.read_bytes())
        return files

    @cached_property
    def _fingerprint(self) -> str:
        """A digest of all that decides the scores of every submission."""
        warm = self.config.ContainedProvisioner.get("warm", [])
        return digest(
            engine(warm),
            digest_settings(self.config),
            cells(self.coursedir.db_url, self.assignment),
            digest_files(self._source),
        )

    def _folder(self, student: str) -> Path:
        step = self.coursedir.submitted_directory
        return Path(self.coursedir.format_path(step, student, self.assignment))

    def _late(self, student: str, timestamp: datetime | None) -> float:
        """Return the seconds that a submission is late; what is in time need not be said."""
        known = self._known.get(student, _Known(None, None))
        timestamp = timestamp or known.timestamp
        if timestamp is None or self._duedate is None:
            return 0
        return max(
            0, (timestamp - self._duedate - (known.extension or timedelta())).total_seconds()
        )
