"""A scratch copy of the course, with an exchange and a home for everybody, to run nbgrader in."""

import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook

ROOT = Path(__file__).resolve().parents[2]

# What an administrator puts on a machine where a course has students; see nbgrader's manual. Here
# all of them are one user of the operating system, hence no check of who owns a submission.
SITE = """\
c = get_config()
c.CourseDirectory.course_id = "mlops"
c.Exchange.root = {exchange!r}
c.ExchangeCollect.check_owner = False
c.KernelManager.transport_encryption = "auto"
"""


def copy_repository(folder: Path, *, without: tuple[str, ...] = ()) -> None:
    """Copy what git tracks, or would with `git add --all`, but for what begins as told."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if not name.startswith(without) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def lend_environment(root: Path, prefix: Path, lock: str) -> None:
    """Let `.venv` be an environment that is there, noted down as made from a lock of `root`."""
    venv = root / ".venv"
    venv.mkdir()
    for entry in prefix.iterdir():
        if entry.name != "course.json":
            (venv / entry.name).symlink_to(entry)
    ask = "import json, sys; print(json.dumps([sys.version, sys.base_prefix]))"
    told = subprocess.run(
        [prefix / "bin/python", "-c", ask], capture_output=True, text=True, check=True
    )
    holds = runpy.run_path(str(root / "tools/env.py"))["contents"](lock)
    note = {"place": [str(venv), *json.loads(told.stdout)], "holds": holds}
    (venv / "course.json").write_text(json.dumps(note))


class CommandError(Exception):
    """An nbgrader command failed; the message holds what it printed."""


class CourseCopy:
    """A course folder of its own: configuration, source and release, and no gradebook yet.

    Parameters
    ----------
    folder : Path
        An empty folder; the course goes to `folder/course`.
    lessons : iterable of str, optional
        The assignments to copy; all of the course's if not given.
    """

    def __init__(self, folder: Path, lessons: Iterable[str] | None = None) -> None:
        self.folder = folder
        self.root = folder / "course"
        self.root.mkdir(parents=True)
        shutil.copy(ROOT / "nbgrader_config.py", self.root)
        if lessons is None:
            lessons = [path.name for path in (ROOT / "source").iterdir()]
        for lesson in lessons:
            for tree in ("source", "release"):
                shutil.copytree(ROOT / tree / lesson, self.root / tree / lesson)
        site = folder / "etc" / "nbgrader_config.py"
        site.parent.mkdir()
        site.write_text(SITE.format(exchange=str(folder / "exchange")), encoding="utf-8")

    def home(self, person: str) -> Path:
        """Return the home of a student, or of the instructor; it is made when first used."""
        home = self.folder / "homes" / person
        home.mkdir(parents=True, exist_ok=True)
        return home

    def nbgrader(
        self, *args: str, student: str = "", watch: Callable[[str], object] = lambda line: None
    ) -> str:
        """Run a stock command, as the instructor in the course or as a student at home.

        Parameters
        ----------
        *args : str
            The command and its arguments.
        student : str, optional
            Who runs it; the instructor if not given.
        watch : callable, optional
            Called with each line as it is printed.

        Returns
        -------
        str
            Everything that the command printed.

        Raises
        ------
        CommandError
            If the command failed.
        """
        home = self.home(student or "instructor")
        environment = {
            "HOME": str(home),
            "JUPYTER_CONFIG_PATH": str(self.folder / "etc"),
            "LANG": "C.UTF-8",
            "PATH": os.defpath,  # nobody has activated an environment
            "PYTHONPATH": str(ROOT),  # the package `course` need not be installed
        }
        said = []
        with subprocess.Popen(
            [sys.executable, "-m", "nbgrader", *args],
            cwd=home if student else self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as process:
            for line in process.stdout or ():
                said.append(line)
                watch(line)
        if process.returncode:
            raise CommandError(
                f"nbgrader {' '.join(args)} ended with {process.returncode}:\n{''.join(said)}"
            )
        return "".join(said)

    def hand_in(self, student: str, lesson: str, name: str, notebook: NotebookNode) -> None:
        """Put a notebook where `nbgrader collect` would have put it."""
        path = self.root / "submitted" / student / lesson / name
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)

    def outcomes(self, lesson: str) -> dict[str, dict[str, "Outcome"]]:
        """Return, for each student and each check, the gradebook's score and what was said."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "mlops") as gradebook:
            return {
                submission.student.id: {
                    grade.name: Outcome(
                        grade.score, *self._told(submission.student.id, lesson, grade)
                    )
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.assignment_submissions(lesson)
            }

    def _told(self, student: str, lesson: str, grade: Grade) -> tuple[str, bool]:
        """Return what made a check fail, and whether that was an error and not a warning."""
        path = self.root / "autograded" / student / lesson / f"{grade.notebook.name}.ipynb"
        outputs = [
            output
            for cell in nbformat.read(path, as_version=4).cells
            if cell.metadata.get("nbgrader", {}).get("grade_id") == grade.name
            for output in cell.outputs
        ]
        errors = [f"{out.ename}: {out.evalue}" for out in outputs if out.output_type == "error"]
        warnings = [out.text for out in outputs if out.get("name") == "stderr"]
        return "\n".join(errors or warnings), bool(errors)

    def twin(self, folder: Path) -> "CourseCopy":
        """Return another copy that is as far as this one is, gradebook included."""
        twin = CourseCopy(folder, lessons=[])
        shutil.copytree(self.root, twin.root, dirs_exist_ok=True)
        return twin


class Outcome(NamedTuple):
    """How a check of a submission ended: its points, and what it said if it failed."""

    score: float
    told: str
    failed: bool = False


def autograde(
    course: CourseCopy, lesson: str, name: str, notebooks: Mapping[str, NotebookNode]
) -> dict[str, dict[str, Outcome]]:
    """Grade notebooks by `nbgrader autograde`, in two processes with a gradebook each.

    Parameters
    ----------
    course : CourseCopy
        A copy without submissions.
    lesson, name : str
        The assignment, and the file name of its notebook.
    notebooks : mapping of str to NotebookNode
        What each student submits.

    Returns
    -------
    dict of str to dict of str to Outcome
        For each student, for each check.
    """
    course.nbgrader("generate_assignment", lesson)
    twins = [course, course.twin(course.folder / "twin")]
    for number, (student, notebook) in enumerate(notebooks.items()):
        twins[number % 2].hand_in(student, lesson, name, notebook)
    used = twins[: len(notebooks)]
    with ThreadPoolExecutor(len(used)) as pool:
        list(pool.map(lambda twin: twin.nbgrader("autograde", lesson), used))
    return {who: checks for twin in used for who, checks in twin.outcomes(lesson).items()}
