"""The learner's scratch place: a folder of its own for each open notebook, with an MLflow store."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from course.lessons import CourseError

ROOT_VARIABLE = "MLOPS_COURSE_WORKSPACE"
STORE = Path(__file__).parent / "data" / "mlflow-store.sql"  # made by tools/make_store.py


@dataclass(frozen=True)
class Workspace:
    """A folder that no other process uses.

    Parameters
    ----------
    folder : Path
        Where everything of it lies: the store `mlflow.db`, the `artifacts`, and what the lesson
        or the learner writes beside them.
    """

    folder: Path

    @property
    def tracking_uri(self) -> str:
        """The MLflow store of runs and of registered models."""
        return f"sqlite:///{self.folder / 'mlflow.db'}"  # SQLAlchemy takes the path as it is

    @property
    def artifact_uri(self) -> str:
        """Where MLflow puts files: those of runs, and the models."""
        return (self.folder / "artifacts").as_uri()


def workspace_root() -> Path:
    """Return the folder of a learner's workspaces, which may not exist yet."""
    home = Path.home() / "mlops-course-workspace"
    return Path(os.environ.get(ROOT_VARIABLE) or home).expanduser().absolute()


def open_workspace(lesson: str) -> Workspace:
    """Make this process work in a workspace of its own; call it before `import mlflow`.

    The first call in a process starts clean: with an empty MLflow store, so that a notebook which
    is run from the top finds no models of its last run. What the last run left is kept once, in
    the folder with `.previous` after its name. Further calls change nothing. A second notebook
    that is open at the same time gets a folder of its own, with a number after its name.

    Workspaces lie in the folder that the environment variable `MLOPS_COURSE_WORKSPACE` names, or
    else in `mlops-course-workspace` in the home folder.

    Parameters
    ----------
    lesson : str
        The lesson's folder, such as `10-drift-triggered-retraining`.

    Returns
    -------
    Workspace
        MLflow's tracking and registry URI are set to it, for this process and those it starts.

    Raises
    ------
    CourseError
        If the workspace cannot be written.

    Examples
    --------
    >>> workspace = open_workspace("10-drift-triggered-retraining")
    >>> workspace.folder.name
    '10-drift-triggered-retraining'
    >>> import mlflow
    >>> mlflow.get_registry_uri() == workspace.tracking_uri
    True
    >>> open_workspace("10-drift-triggered-retraining") == workspace
    True
    """
    root = workspace_root()
    if (root, lesson) not in _opened:
        try:
            root.mkdir(parents=True, exist_ok=True)
            slot, lock = _claim(root, lesson)
            _opened[root, lesson] = Workspace(root / slot), lock
            _start_clean(root / slot)
        except (OSError, sqlite3.Error) as error:
            _release(root, lesson)
            raise CourseError(
                f"The workspace {root} cannot be written ({error}): set {ROOT_VARIABLE} "
                "to a folder where you may write, then start the notebook again."
            ) from error
    workspace, _ = _opened[root, lesson]
    _point_mlflow(workspace)
    return workspace


# The file descriptors hold the locks until the process ends.
_opened: dict[tuple[Path, str], tuple[Workspace, int]] = {}


def _claim(root: Path, lesson: str) -> tuple[str, int]:
    """Return the first folder name that no living process holds, and the lock that holds it."""
    for number in itertools.count(1):
        slot = lesson if number == 1 else f"{lesson}-{number}"
        lock = os.open(root / f".{slot}.lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            if not isinstance(error, BlockingIOError):  # the file system has no locks
                raise
        else:
            return slot, lock
    raise AssertionError("There is always a next number.")


def _release(root: Path, lesson: str) -> None:
    """Let others have a workspace that this process claimed."""
    if opened := _opened.pop((root, lesson), None):
        os.close(opened[1])


def _release_all() -> None:
    for root, lesson in list(_opened):
        _release(root, lesson)


# A forked process is another one: its parent keeps the locks, and it claims a workspace of its own.
os.register_at_fork(after_in_child=_release_all)


def _start_clean(folder: Path) -> None:
    """Set aside what is in a folder, and put an empty store there."""
    if folder.exists():
        previous = folder.with_name(f"{folder.name}.previous")
        if previous.exists():
            shutil.rmtree(previous)
        folder.rename(previous)
    folder.mkdir()
    with closing(sqlite3.connect(folder / "mlflow.db")) as store:
        store.executescript(STORE.read_text(encoding="utf-8"))


def _point_mlflow(workspace: Workspace) -> None:
    """Make MLflow write in a workspace and nowhere else, and speak only of what is wrong."""
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ.setdefault("MLFLOW_LOGGING_LEVEL", "WARNING")  # nbgrader scores stderr with 0
    # What MLflow's server gives its workers. Without it, files of an experiment that a learner
    # makes would go to `mlruns` beside the notebook.
    os.environ["_MLFLOW_SERVER_ARTIFACT_ROOT"] = workspace.artifact_uri
    import mlflow  # takes a second

    mlflow.set_tracking_uri(workspace.tracking_uri)
    mlflow.set_registry_uri(workspace.tracking_uri)
