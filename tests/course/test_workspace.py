"""A workspace is clean, this process's own, and the only place where MLflow writes."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import mlflow
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from course.lessons import CourseError
from course.workspace import ROOT_VARIABLE, STORE, open_workspace

LESSON = "10-drift-triggered-retraining"
OPEN = f"""
import sys
from course.workspace import open_workspace
workspace = open_workspace("{LESSON}")
print(workspace.folder.name, flush=True)
"""
STAY = "sys.stdin.read()"


@pytest.fixture
def root(tmp_path, monkeypatch):
    root = tmp_path / "a notebook's #1 ä %41 place"
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    return root


@pytest.fixture
def start():
    """Start other processes with a script each; they may wait for the end of their stdin."""
    processes = []

    def start(script, **options):
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        command = [sys.executable, "-c", script]
        processes.append(subprocess.Popen(command, text=True, **pipes, **options))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def finish(process):
    out, err = process.communicate(timeout=60)
    assert err == ""
    assert process.returncode == 0
    return out.strip()


def experiments(folder):
    with closing(sqlite3.connect(folder / "mlflow.db")) as store:
        return [name for (name,) in store.execute("SELECT name FROM experiments")]


def test_a_workspace_is_in_the_folder_that_the_variable_names(root):
    workspace = open_workspace(LESSON)
    assert workspace.folder == root / LESSON
    assert mlflow.get_tracking_uri() == mlflow.get_registry_uri() == workspace.tracking_uri
    assert os.environ["MLFLOW_TRACKING_URI"] == workspace.tracking_uri


def test_without_the_variable_it_is_in_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.delenv(ROOT_VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_workspace(LESSON).folder == tmp_path / "mlops-course-workspace" / LESSON


def test_opened_again_it_is_the_same_and_nothing_is_touched(root):
    workspace = open_workspace(LESSON)
    mlflow.create_experiment("mine")
    (workspace.folder / "notes.txt").write_text("mine")
    other = open_workspace("01-what-is-mlops")
    assert mlflow.get_tracking_uri() == other.tracking_uri
    assert open_workspace(LESSON) == workspace
    assert mlflow.get_experiment_by_name("mine") is not None
    assert (workspace.folder / "notes.txt").read_text() == "mine"


def test_a_new_process_starts_clean_and_keeps_what_was_there_once(root, start):
    previous = root / f"{LESSON}.previous"
    for name in ["first", "second"]:
        assert finish(start(f"{OPEN}import mlflow; mlflow.create_experiment('{name}')")) == LESSON
    assert experiments(root / LESSON) == ["Default", "second"]
    assert experiments(previous) == ["Default", "first"]
    assert finish(start(OPEN)) == LESSON
    assert experiments(root / LESSON) == []
    assert experiments(previous) == ["Default", "second"]
    assert sorted(path.name for path in root.glob("[!.]*")) == [LESSON, previous.name]


def test_three_notebooks_opened_in_the_same_instant_do_not_collide(root, start):
    instant = time.time() + 2
    wait = f"import time, course.workspace; time.sleep(max(0, {instant} - time.time()))"
    notebooks = [start(wait + OPEN + STAY) for _ in range(3)]
    folders = sorted(notebook.stdout.readline().strip() for notebook in notebooks)
    assert folders == [LESSON, f"{LESSON}-2", f"{LESSON}-3"]
    assert not list(root.glob("*.previous"))
    for notebook in notebooks:
        finish(notebook)


def test_a_closed_or_killed_notebook_gives_its_folder_back_to_the_next_one(root, start):
    first, second = start(OPEN + STAY), start(OPEN + STAY)
    folders = {notebook.stdout.readline().strip(): notebook for notebook in (first, second)}
    assert sorted(folders) == [LESSON, f"{LESSON}-2"]
    folders[LESSON].kill()
    folders[LESSON].wait()
    assert finish(start(OPEN)) == LESSON


def test_a_forked_process_has_a_workspace_of_its_own(root, start):
    fork = "import os; child = os.fork()\nif child: os.waitpid(child, 0)\n"
    again = f'print(open_workspace("{LESSON}").folder.name, flush=True)'
    folders = finish(start(OPEN + fork + again)).split()
    assert folders == [LESSON, f"{LESSON}-2", LESSON]


def test_mlflow_writes_in_the_workspace_only_and_says_nothing(root, tmp_path, start):
    for name in ["home", "cwd", "tmp"]:
        (tmp_path / name).mkdir(mode=0o500 if name == "cwd" else 0o700)
    scratch = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp")}
    use = """
import mlflow
mlflow.set_experiment("of the learner's making")
with mlflow.start_run():
    mlflow.log_metric("auc", 0.7)
    mlflow.log_text("a file", "a file.txt")
"""
    environment = {**os.environ, **scratch, "PYTHONPATH": os.getcwd()}  # noqa: PTH109 - a string
    for name in [name for name in environment if name.startswith(("MLFLOW", "_MLFLOW", "PYTEST"))]:
        del environment[name]
    assert finish(start(OPEN + use, cwd=tmp_path / "cwd", env=environment)) == LESSON
    assert [path.name for path in root.glob(f"{LESSON}/artifacts/**/*.txt")] == ["a file.txt"]
    for name in ["home", "cwd", "tmp"]:
        assert [path.name for path in (tmp_path / name).iterdir()] == []


def test_a_place_that_cannot_be_written_is_named_with_the_cure(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "file"))
    with pytest.raises(CourseError, match=rf"{tmp_path}/file cannot be .* set {ROOT_VARIABLE} to"):
        open_workspace(LESSON)


def test_a_failure_does_not_hold_the_folder(root, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        patch.setattr("course.workspace.STORE", tmp_path / "none.sql")
        with pytest.raises(CourseError, match=r"none\.sql"):
            open_workspace(LESSON)
    assert open_workspace(LESSON).folder == root / LESSON
    assert experiments(root / LESSON) == []


def test_importing_the_module_is_quick_because_it_leaves_mlflow_out(start):
    script = "import sys, course.workspace, course.registry; print('mlflow' in sys.modules)"
    assert finish(start(script)) == "False"


def test_the_store_is_what_the_installed_mlflow_wants_and_is_empty():
    with closing(sqlite3.connect(":memory:")) as store:
        store.executescript(STORE.read_text(encoding="utf-8"))
        (revision,) = store.execute("SELECT version_num FROM alembic_version").fetchone()
        tables = [
            name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        filled = [name for name in tables if store.execute(f"SELECT 1 FROM {name}").fetchone()]  # noqa: S608 - names of tables
    config = Config()
    config.set_main_option("script_location", "mlflow:store/db_migrations")
    head = ScriptDirectory.from_config(config).get_current_head()
    assert revision == head, "MLflow has changed its tables: run `python tools/make_store.py`."
    assert filled == ["alembic_version", "workspaces"]
