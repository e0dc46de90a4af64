"""Collect plain files from the exchange, and no more of them than a submission may have.

Students write into the exchange as they please, not only by `nbgrader submit`. Switched on by
`course.grading.settings.use`.
"""

import os
import pwd
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from traitlets import Dict

from course.grading.intake.aside import fault_of_time
from course.grading.intake.folder import Item, is_folder, open_file, open_folder, survey
from course.grading.intake.limits import IntakeLimits

NOBODY = ""  # in place of a student's name, for a submission that is not collected
CHUNK = 1_000_000  # bytes


class RefusedError(Exception):
    """Why a submission is not collected, as the end of a sentence."""


class PlainCollect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own way of collecting, which passes over a submission that may do harm.

    It does so, and logs one sentence, if a submission holds anything but plain files and folders,
    exceeds a limit, has a `timestamp.txt` without a time, or belongs to another user than it says
    (unless `ExchangeCollect.check_owner` is off). Of each student the last submission is collected
    of which nothing of this is true.

    But for that, no file is opened before all are found in order, and none that was replaced. The
    right to run as somebody else, and everybody's right to write, are not copied.
    """

    limits = Dict(
        help="What a submission may be at most, by the names that IntakeLimits has for it."
    ).tag(config=True)

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Find the submission of each student to collect."""
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"] != NOBODY]

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy a submission as a whole, or not at all."""
        target = Path(dest)
        with tempfile.TemporaryDirectory(prefix=".collecting-", dir=target.parent) as scratch:
            whole = Path(scratch) / "whole"
            try:
                self._copy(Path(src), whole)
            except RefusedError as error:
                self._tell(Path(src), error)
            else:
                whole.rename(target)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Return what nbgrader reads from a submission's name; it groups them by student."""
        try:
            with self._checked(Path(path)) as folder:
                for item in survey(folder, self._limits, self._is_skipped):
                    _check(item)
            record: dict[str, Any] = super()._path_to_record(path)
        except RefusedError as error:
            self._tell(Path(path), error)
            return {"username": NOBODY, "filename": Path(path).name, "timestamp": datetime.min}
        return record

    @contextmanager
    def _checked(self, path: Path) -> Iterator[int]:
        """Open a submission that belongs to the student in its name."""
        try:
            student = super()._path_to_record(str(path))["username"]
        except (ExchangeError, ValueError, OverflowError):
            raise RefusedError("its name holds no time, as `nbgrader submit` gives it") from None
        if student == NOBODY or not student.isprintable():
            raise RefusedError("its name begins with no student's name")
        if not path.name.startswith(f"{student}+{self.coursedir.assignment_id}+"):
            raise RefusedError("its name is that of another assignment")
        try:
            folder = open_folder(path)
        except OSError:
            raise RefusedError("it is no folder that can be read") from None
        try:
            owner = _user(os.fstat(folder).st_uid)
            if self.check_owner and owner != student:
                raise RefusedError(f"it is said to be by {student!r} and belongs to {owner!r}")
            yield folder
        finally:
            os.close(folder)

    def _copy(self, submission: Path, target: Path) -> None:
        shared = self.coursedir.groupshared
        folder_mode, more = (0o2775, 0o660) if shared else (0o755, 0o600)
        with self._checked(submission) as folder:
            target.mkdir()
            target.chmod(folder_mode)
            for item in survey(folder, self._limits, self._is_skipped):
                _check(item)
                if item.is_folder:
                    (target / item.path).mkdir()
                    (target / item.path).chmod(folder_mode)
                else:
                    _copy_file(item, target / item.path)
                    (target / item.path).chmod(item.status.st_mode & 0o755 | more)

    @property
    def _limits(self) -> IntakeLimits:
        """Ours and nbgrader's, whichever are lower."""
        limits = IntakeLimits(**self.limits)
        return replace(
            limits,
            file_bytes=min(limits.file_bytes, 1000 * self.coursedir.max_file_size),
            folder_bytes=min(limits.folder_bytes, 1000 * self.coursedir.max_dir_size),
        )

    def _is_skipped(self, name: str, status: os.stat_result) -> bool:
        """Tell whether nbgrader's settings leave it out of every copy of an assignment."""
        if any(fnmatch(name, pattern) for pattern in self.coursedir.ignore):
            return True
        included = any(fnmatch(name, pattern) for pattern in self.coursedir.include)
        return not (included or is_folder(status))

    def _tell(self, submission: Path, error: RefusedError) -> None:
        self.log.warning("%r was not collected: %s.", submission.name, error)


def _check(item: Item) -> None:
    fault = item.fault or fault_of_time(item)
    if fault:
        raise RefusedError(f"{str(item.path)!r} {fault}")


def _copy_file(item: Item, target: Path) -> None:
    """Copy a file and the time of its last change."""
    try:
        descriptor = open_file(item)
    except OSError:
        raise RefusedError(f"{str(item.path)!r} cannot be read") from None
    left = item.status.st_size
    with open(descriptor, "rb") as source, target.open("xb") as copy:  # noqa: PTH123 - see open_file
        while left and (chunk := source.read(min(left, CHUNK))):
            copy.write(chunk)
            left -= len(chunk)
        if left or source.read(1):
            raise RefusedError(f"{str(item.path)!r} was changed meanwhile")
    os.utime(target, ns=(item.status.st_atime_ns, item.status.st_mtime_ns))


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
