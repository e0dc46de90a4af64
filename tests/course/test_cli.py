"""What a person at a terminal, or a program, gets from `mlops-course`."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.progress.results import results
from tests.course import small_lesson
from tests.course.small_lesson import FOLDER, NAME, PARTLY, RIGHT, answered, find, handed_out


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course in the current folder, whose notebooks wait to be answered."""
    root = tmp_path / "course"
    small_lesson.write_course(root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run():
    """Run `mlops-course`; what it writes to its two outputs is kept apart."""
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments)])


def test_check_finds_a_lesson_by_its_name_and_prints_what_failed(course, run):
    notebook = small_lesson.write(answered(PARTLY), course / "release" / FOLDER / f"{NAME}.ipynb")
    before = notebook.read_bytes()
    for name in (NAME, "1"):
        result = run("check", name)
        assert result.exit_code == 1
        assert result.stdout.startswith("partly         1/3  Add up\n")
        assert "What becomes of a negative value?" in result.stdout
        assert result.stdout.endswith("4 of 6 points\n")
        assert result.stderr == ""
    assert notebook.read_bytes() == before
    assert sorted(path.name for path in course.iterdir()) == [
        "nbgrader_config.py",
        "release",
        "source",
    ]


def test_check_takes_a_notebook_from_anywhere_and_prints_json_for_programs(course, run, tmp_path):
    notebook = small_lesson.write(answered(RIGHT), tmp_path / "home" / FOLDER / f"{NAME}.ipynb")
    result = run("check", notebook, "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    document = json.loads(result.stdout)
    assert list(document) == [
        "lesson",
        "notebook",
        "hidden_tests",
        "points",
        "max_points",
        "notes",
        "exercises",
    ]
    assert document["lesson"] == FOLDER
    assert document["hidden_tests"] is True
    assert document["points"] == document["max_points"] == 6
    exercise = document["exercises"][0]
    assert list(exercise) == [
        "name",
        "title",
        "state",
        "reason",
        "points",
        "max_points",
        "claims",
    ]
    assert (results()[FOLDER].passed, results()[FOLDER].claims) == (4, 4)
    assert exercise["claims"][1] == {
        "id": "total-check-signs",
        "text": "Every value counts.",
        "passed": True,
        "points": 2,
        "max_points": 2,
        "question": None,
    }


def test_check_finds_the_course_around_a_notebook_too(course, run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = run("check", course / "release" / FOLDER / f"{NAME}.ipynb")
    assert result.exit_code == 1
    assert result.stdout.endswith("0 of 6 points\n")


def test_the_time_a_cell_may_take_is_the_courses_own_or_asked_for(course, run):
    slow = answered({"largest": "import time\ntime.sleep(60)"})
    small_lesson.write(slow, course / "release" / FOLDER / f"{NAME}.ipynb")
    assert "Cell 9 (largest) ran longer than 4 s" in run("check", NAME, "--timeout", 4).stdout
    assert run("check", NAME, "--timeout", 0).exit_code == 2
    config = course / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}c.Execute.timeout = 3\n")
    assert "Cell 9 (largest) ran longer than 3 s" in run("check", NAME).stdout


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("summs", "There is no lesson called 'summs': did you mean sums?"),
        ("nowhere/sums.ipynb", "nowhere/sums.ipynb does not exist: is its name spelled right?"),
        ("release/01-sums", "release/01-sums is a folder: name the notebook in it."),
        ("other.ipynb", "No lesson's notebook is called other.ipynb: rename it back (sums.ipynb)."),
        ("nbgrader_config.py", "nbgrader_config.py is not a notebook: it is not valid JSON."),
        (
            "stranger/sums.ipynb",
            "stranger/sums.ipynb holds no exercise of sums.ipynb: "
            "is it the notebook of another lesson?",
        ),
    ],
)
def test_what_cannot_be_checked_is_answered_with_a_sentence(course, run, wanted, sentence):
    small_lesson.write(answered({}), course / "other.ipynb")
    stranger = answered({})
    for cell in stranger.cells:
        cell.metadata.pop("nbgrader", None)
    small_lesson.write(stranger, course / "stranger" / f"{NAME}.ipynb")
    for options in ([], ["--json"]):
        result = run("check", wanted, *options)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr == f"{sentence}\n"


def test_a_lesson_without_its_notebooks_says_which_and_how_to_make_them(course, run):
    (course / "release" / FOLDER / f"{NAME}.ipynb").unlink()
    result = run("check", NAME)
    assert result.exit_code == 2
    assert result.stderr == (
        "release/01-sums/sums.ipynb is missing: run `mlops-course build` to make it.\n"
    )
    (course / "lessons" / FOLDER).mkdir(parents=True)
    (course / "lessons" / FOLDER / f"{NAME}.py").touch()
    notebook = small_lesson.write(answered({}), course / f"{NAME}.ipynb")
    (course / "source" / FOLDER / f"{NAME}.ipynb").unlink()
    result = run("check", notebook)
    assert result.exit_code == 2
    assert result.stderr == (
        "source/01-sums/sums.ipynb is missing, and the checks are in it: "
        "run `mlops-course build` to make it, or download the whole course again.\n"
    )


def test_outside_of_a_course_there_is_one_sentence_for_every_command(run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for command in (["check", NAME], ["build"], ["start"]):
        result = run(*command)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith("There is no course in ")
        assert result.stderr.count("\n") == 1


def test_check_takes_a_copy_far_from_the_course_that_its_program_stands_in(
    course, run, monkeypatch, tmp_path
):
    copy = small_lesson.write(answered(RIGHT), tmp_path / "home" / f"{NAME}.ipynb")
    monkeypatch.chdir(copy.parent)
    monkeypatch.setattr("course.wanted.__file__", str(course / "course" / "wanted.py"))
    for wanted in (copy, copy.name):
        assert run("check", wanted).stdout.endswith("6 of 6 points\n")


def test_where_there_is_no_course_the_visible_checks_run_and_it_is_said(run, monkeypatch, tmp_path):
    """As on a hub, where a student has nothing but the notebook that was fetched."""
    fetched = small_lesson.write(handed_out(PARTLY), tmp_path / FOLDER / f"{NAME}.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("course.wanted.__file__", str(tmp_path / "site-packages" / "wanted.py"))
    before = fetched.read_bytes()
    result = run("check", fetched)
    assert result.exit_code == 0  # what is wrong with it, only a hidden test knows
    assert "Note: Only the checks that you can see in the notebook ran" in result.stdout
    document = json.loads(run("check", fetched, "--json").stdout)
    assert document["hidden_tests"] is False
    assert document["lesson"] == FOLDER
    assert fetched.read_bytes() == before
    assert [path.name for path in fetched.parent.iterdir()] == [fetched.name]
    assert (results()[FOLDER].passed, results()[FOLDER].hidden_tests) == (4, False)
    elsewhere = small_lesson.write(handed_out({}), tmp_path / "copies" / f"{NAME}.ipynb")
    result = run("check", elsewhere)
    assert result.exit_code == 1
    assert result.stdout.count("not attempted") == 3


def test_json_lines_tell_how_far_the_check_is_and_then_what_it_found(course, run, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as Jupyter's kernels have it
    small_lesson.write(answered(PARTLY), course / "release" / FOLDER / f"{NAME}.ipynb")
    result = run("check", NAME, "--json-lines")
    assert result.stderr == ""
    *steps, report = map(json.loads, result.stdout.splitlines())
    assert steps == [{"ran": ran, "cells": 9} for ran in range(1, 10)]
    assert report == json.loads(run("check", NAME, "--json").stdout)


def test_help_names_the_commands_and_the_exit_statuses(run):
    assert all(name in run().output for name in ("check", "start", "build"))
    assert (
        "Exit status: 0 if every exercise passed, 1 if not, 2 if" in run("check", "--help").output
    )
    assert run("check").exit_code == 2


def test_ctrl_c_leaves_neither_a_kernel_nor_a_file(course, tmp_path):
    pid, scratch = tmp_path / "pid", tmp_path / "scratch"
    scratch.mkdir()
    notebook = answered({})
    find(
        notebook, "setup"
    ).source = (
        f"import os, time\nopen({str(pid)!r}, 'w').write(f'{{os.getpid()}} ')\ntime.sleep(60)"
    )
    small_lesson.write(notebook, course / "release" / FOLDER / f"{NAME}.ipynb")
    command = [sys.executable, "-c", "from course.cli import app; app()", "check", NAME]
    environment = {
        **os.environ,
        "TMPDIR": str(scratch),
        "JUPYTER_RUNTIME_DIR": str(scratch),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not (pid.exists() and pid.read_text()):
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert not [*scratch.iterdir()]


def test_grading_without_dask_says_where_it_comes_from(course, run, monkeypatch):
    monkeypatch.setattr("course.cli.find_spec", lambda name: None)
    result = run("grade", NAME)
    assert result.exit_code == 2
    assert result.stderr == (
        "Grading a class needs Dask: in a clone of the course, `pip install '.[grading]'`.\n"
    )
