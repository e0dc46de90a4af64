"""Unpack what students handed in through another system, for `nbgrader zip_collect`.

Switched on by `course.grading.settings.use`.
"""

import os
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc
from traitlets import Dict

from course.grading.intake.archive import (
    Allowance,
    RefusedError,
    check_size,
    is_inside,
    open_plain,
    unpack,
    write,
)
from course.grading.intake.limits import IntakeLimits

LEVELS = 2  # archives in an archive, as of a whole class, are unpacked; those in these are not


class PlainExtractor(ExtractorPlugin):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own way of unpacking, which passes over an archive that may do harm.

    It does so, and logs one sentence, if an archive is damaged, holds anything but plain files and
    folders, has a name that leads out of it, or is a bomb: by the sizes that it states, before
    anything of that size is read, and by those that it turns out to have. Nothing of a refused
    archive is left. An archive of a whole class may be as large as the files in it warrant.
    """

    limits = Dict(
        help="What a submission may be at most, by the names that IntakeLimits has for it."
    ).tag(config=True)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack archives, and copy other files, from one folder to another.

        Parameters
        ----------
        archive_path, extracted_path : str
            The folders.
        """
        source = Path(archive_path)
        for path in sorted(source.rglob("*")):
            if path.is_symlink() or not path.is_dir():
                target = Path(extracted_path) / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                self._take(path, target, None, LEVELS)

    def _take(self, path: Path, target: Path, outer: "Allowance | None", levels: int) -> None:
        """Unpack an archive beside where it would be copied to, or copy it."""
        limits = IntakeLimits(**self.limits)
        is_archive = path.suffix in self.zip_ext and levels
        try:
            with open_plain(path) as file:
                size = os.fstat(file.fileno()).st_size
                if is_archive:
                    self.log.info("Unpacking %s", path)
                    folder = target.with_name(target.stem.removesuffix(".tar"))
                    allowance = Allowance(size, limits, outer)
                    unpack(file, folder, allowance)
                    allowance.settle()
                elif path != target:
                    if os.path.lexists(target):
                        raise RefusedError("something of its name is there already")
                    check_size(size, limits.file_bytes)
                    write(file, target, size)
        except RefusedError as error:
            self.log.warning("%r was not unpacked: %s.", path.name, error)
            return
        if is_archive:
            for inner in sorted(folder.rglob("*")):
                if inner.is_file() and inner.suffix in self.zip_ext:
                    self._take(inner, inner, allowance, levels - 1)


class PlainCollector(FileNameCollectorPlugin):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own way of reading file names, which passes over one that leads elsewhere."""

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Return whose file this is, and its name in the assignment; None if it is not taken."""
        found: dict[str, Any] | None = super().collect(submitted_file)
        if not found:
            return None
        student, name = str(found.get("student_id")), str(found.get("file_id"))
        fault = ""
        if "/" in student or student in ("", ".", "..") or not student.isprintable():
            fault = f"{student!r} is no student's name"
        elif not is_inside(name):
            fault = f"{name!r} leads out of the assignment"
        else:
            try:
                parse_utc(found.get("timestamp") or None)
            except (ValueError, OverflowError):
                fault = f"{found['timestamp']!r} is no time"
        if fault:
            self.log.warning("%r was not collected: %s.", Path(submitted_file).name, fault)
            return None
        return found
