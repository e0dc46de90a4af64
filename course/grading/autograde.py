"""What `nbgrader autograde` does with each notebook, from reading it to noting how it ended.

Stock nbgrader asks its exporter to read a submitted notebook, to run its steps on it, and to return
what is written into `autograded/`; it does so twice, before and after the notebook is run. Ours
reads with suspicion, catches what goes wrong, and keeps a record for each notebook. Switched on by
`course.grading.settings.use`.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from glob import glob
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.utils import is_grade, is_solution, is_task
from sqlalchemy.exc import SQLAlchemyError

from course.grading import ledger
from course.grading.contained import Ran
from course.grading.execute import SKIPPED, STOPPED
from course.grading.gradebook import prepare, presentable, unfit
from course.grading.intake.submission import Unreadable, read_submission, set_aside
from course.grading.kernel.settings import KernelSettings
from course.grading.kernel.start import refusal, trouble
from course.grading.kernel.warm import KernelError
from course.grading.notebook import grade_id, is_check
from course.grading.record import Ending, Record, file_digest

REFUSED = "grading_refused"  # where a notebook's metadata says, between the two readings, why
INTERRUPTED = "Grading was interrupted: run it again."
ASIDE = "set_aside"  # the folder for what is not graded, beside `submitted/`


class ContainedExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert is not followed
    """Read, run and record one notebook after another, whatever is in them.

    Parameters
    ----------
    parent : Autograde
        nbgrader's converter. Before it begins, everything is checked that concerns the whole class.

    Raises
    ------
    NbGraderException
        If no sandbox can be made and none was said to be needed.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if isinstance(self.parent, Autograde):
            self._make_ready(self.parent)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert the notebook in a file: as submitted, and once more to run it."""
        names = (resources or {})["nbgrader"]
        path = Path(filename)
        root = Path(self.parent.coursedir.root)
        source = self._folder("source", ".", names["assignment"]) / f"{names['notebook']}.ipynb"
        names["source"] = root / source
        names["code"] = _code_cells(names["source"], _version(names["source"]))
        submitted = self._folder("submitted", names["student"], names["assignment"])
        if (root / path).parent == root / submitted:
            return self._sanitized(root / path, resources, **kwargs)
        return self._graded(root / path, resources, **kwargs)

    def _sanitized(self, path: Path, resources: Any, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        """Read what somebody handed in; what cannot be read becomes a notebook that says why."""
        self._record(resources, Ending.COULD_NOT_RUN, INTERRUPTED)
        try:
            notebook = read_submission(path)
            return self._converted(notebook, path, resources, **kwargs)
        except (*_OURS, KeyboardInterrupt):
            raise
        except Unreadable as error:
            refused = str(error)
        except Exception as error:
            self.log.exception("%s could not be prepared", path)
            refused = f"It could not be prepared for grading ({type(error).__name__}: {error})."
        notebook = new_notebook(cells=[new_markdown_cell(refused)])
        output, resources = self._converted(notebook, path, resources, **kwargs)
        notebook = nbformat.reads(output, as_version=4)
        notebook.metadata[REFUSED] = refused
        return nbformat.writes(notebook), resources

    def _graded(self, path: Path, resources: Any, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        """Run what was sanitized, and record how it ended."""
        notebook = nbformat.read(path, as_version=4)
        names = resources["nbgrader"]
        names["refused"] = notebook.metadata.pop(REFUSED, "")
        try:
            output, resources = self._converted(notebook, path, resources, **kwargs)
        except (*_OURS, KeyboardInterrupt):
            raise
        except KernelError as error:  # not the submission's fault: another run may have more luck
            self._record(resources, Ending.COULD_NOT_RUN, str(error))
            raise
        except Exception as error:
            self.log.exception("%s could not be graded", path)
            names["refused"] = f"Grading it failed ({type(error).__name__}: {error})."
            output, resources = self._converted(notebook, path, resources, **kwargs)
        graded = nbformat.reads(output, as_version=4)
        ran = resources["nbgrader"]["ran"]
        ending, reason = _ending(graded, ran, bool(names["refused"]))
        if ran.by_chance and ending is Ending.COULD_NOT_RUN:
            self._record(resources, ending, reason)
            raise KernelError(reason)
        self._record(resources, ending, reason, sha256(output.encode()).hexdigest())
        return output, resources

    def _converted(
        self, notebook: NotebookNode, path: Path, resources: Any, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        output, resources = self.from_notebook_node(notebook, resources=resources, **kwargs)
        return output, resources

    def _record(self, resources: Any, ending: Ending, reason: str, result: str = "") -> None:
        names = resources["nbgrader"]
        ran = names.get("ran") or Ran(not KernelSettings.of(self.config).allow_unsandboxed)
        record_ = Record(
            names["assignment"],
            names["student"],
            names["notebook"],
            ending,
            reason,
            ran.sandboxed,
            result,
        )
        with self._gradebook() as gradebook:
            ledger.save(gradebook.db.connection(), [record_])
            gradebook.db.commit()
        if result:
            tell = self.log.info if ending is Ending.GRADED else self.log.warning
            tell("%s", record_.line)

    def _make_ready(self, converter: Autograde) -> None:
        """Check and prepare what concerns all submissions."""
        coursedir = converter.coursedir
        root = Path(coursedir.root)
        why_not = refusal(self.config, str(root)) or trouble(self.config)
        if why_not:
            self.log.error(why_not)
            raise NbGraderException(why_not)
        prepare(coursedir.db_url)
        pattern = coursedir.format_path(
            coursedir.submitted_directory,
            "(?P<student>.*)",
            "(?P<assignment>.*)",
            escape=True,
        )
        wanted = self._folder("submitted", coursedir.student_id, coursedir.assignment_id)
        for folder in sorted(glob(str(root / wanted))):  # noqa: PTH207 - the layout is a setting
            match = re.match(pattern, folder)
            if not match:
                continue
            student, assignment = match["student"], match["assignment"]
            if not (why := unfit(student)):
                for sentence in set_aside(Path(folder), root / ASIDE / student / assignment):
                    self.log.warning("%s: %s", student, sentence)
                why = _unreadable(Path(folder))
            if why:
                converter.assignments.pop(folder, None)
                self._record_all(assignment, presentable(student), why)
            else:
                self._drop_unfinished(student, assignment)
                self._record_missing(student, assignment)

    def _drop_unfinished(self, student: str, assignment: str) -> None:
        """Remove what a killed run left, which stock nbgrader would take for graded."""
        root = Path(self.parent.coursedir.root)
        folder = root / self._folder("autograded", student, assignment)
        submitted = root / self._folder("submitted", student, assignment)
        if not folder.is_dir():
            return
        with self._gradebook() as gradebook:
            records = {
                entry.notebook: entry
                for entry in ledger.load(gradebook.db.connection(), assignment, student)
            }
            scored = bool(records) or _has_scores(gradebook, student, assignment)
            names = _notebooks(gradebook, assignment) if records else []
        whole = scored and all(
            name in records
            and records[name].result
            and records[name].result == file_digest(folder / f"{name}.ipynb")
            for name in names
            if (submitted / f"{name}.ipynb").is_file()
        )
        if not whole:
            self.log.warning("%s: an interrupted grading is begun again", student)
            shutil.rmtree(folder)

    def _record_missing(self, student: str, assignment: str) -> None:
        """Tell which notebooks were not handed in; record it where there is none at all."""
        folder = Path(self.parent.coursedir.root) / self._folder("submitted", student, assignment)
        with self._gradebook() as gradebook:
            names = _notebooks(gradebook, assignment)
        absent = [name for name in names if not (folder / f"{name}.ipynb").is_file()]
        if absent and absent != names:
            self.log.warning("%s: %s", student, missing(absent))
        elif absent:
            self._record_all(assignment, student, missing(absent))

    def _record_all(self, assignment: str, student: str, reason: str) -> None:
        """Record, and tell, of all notebooks of a submission that they could not be run."""
        ending = Ending.COULD_NOT_RUN, reason, True, ""
        with self._gradebook() as gradebook:
            names = _notebooks(gradebook, assignment)
            records = [Record(assignment, student, name, *ending) for name in names]
            ledger.save(gradebook.db.connection(), records)
            gradebook.db.commit()
        for record in records:
            self.log.warning("%s", record.line)

    @contextmanager
    def _gradebook(self) -> Iterator[Gradebook]:
        coursedir = self.parent.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            yield gradebook

    def _folder(self, which: str, student: str, assignment: str) -> Path:
        coursedir = self.parent.coursedir
        return Path(
            coursedir.format_path(getattr(coursedir, f"{which}_directory"), student, assignment)
        )


# What is no submission's fault: a gradebook or a disk that cannot be written ends the run.
_OURS = (SQLAlchemyError, NbGraderException, OSError)


def missing(notebooks: Iterable[str]) -> str:
    """Say of a submission that it holds none of these notebooks."""
    names = ", ".join(f"{name}.ipynb" for name in notebooks)
    return f"It does not hold {names}: was a file renamed?"


def _unreadable(folder: Path) -> str:
    """Say which file of a submission may not be read, if there is one."""
    for path in sorted(folder.rglob("*")):
        if not os.access(path, os.R_OK):
            name = path.relative_to(folder)
            return f"It cannot be read (permission denied: {name}): see to the rights of its files."
    return ""


def _ending(notebook: NotebookNode, ran: Ran, refused: bool) -> tuple[Ending, str]:
    """Return the one state that a notebook ended in, and the reason."""
    if refused or (ran.lost and _lost_a_check(notebook)):
        return Ending.COULD_NOT_RUN, ran.lost[0].upper() + ran.lost[1:].rstrip(".") + "."
    if ran.flags:
        reasons = dict.fromkeys(ran.flags.values())
        return Ending.NEEDS_PERSON, f"{', '.join(ran.flags)}: {' '.join(reasons)}"
    by_hand = [
        str(grade_id(cell))
        for cell in notebook.cells
        if (is_grade(cell) or is_task(cell)) and not is_check(cell)
    ]
    if by_hand:
        return Ending.NEEDS_PERSON, f"To be marked by hand: {', '.join(by_hand)}."
    return Ending.GRADED, ""


def _lost_a_check(notebook: NotebookNode) -> bool:
    """Tell whether a check did not run to its end because the kernel was lost."""
    return any(
        out.output_type == "error" and out.ename in (STOPPED, SKIPPED)
        for cell in notebook.cells
        if cell.cell_type == "code" and is_grade(cell)
        for out in cell.outputs
    )


def _notebooks(gradebook: Gradebook, assignment: str) -> list[str]:
    """Return the names of an assignment's notebooks; none if the gradebook does not know it."""
    try:
        return [each.name for each in gradebook.find_assignment(assignment).notebooks]
    except MissingEntry:
        return []


def _has_scores(gradebook: Gradebook, student: str, assignment: str) -> bool:
    """Tell whether somebody was graded before there were records."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return False
    return any(
        grade.auto_score is not None
        for notebook in submission.notebooks
        for grade in notebook.grades
    )


def _version(path: Path) -> int:
    """Return what changes whenever a file does."""
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=8)
def _code_cells(source: Path, version: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the code that the course gives out beside answers and checks, and its answers."""
    if not source.is_file():
        return (), ()
    cells = [c for c in nbformat.read(source, as_version=4).cells if c.cell_type == "code"]
    return (
        tuple(cell.source for cell in cells if not is_grade(cell) and not is_solution(cell)),
        tuple(cell.source for cell in cells if is_solution(cell)),
    )
