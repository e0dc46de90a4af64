"""A grader that is killed at any instant leaves nothing that the next run does not put right."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.grading import killer
from tests.grading.class_course import command, files, grade, gradebook, make_small_class, rows
from tests.pipeline.tiny_course import LESSON

INSTANTS = 45  # and five of the whole command, below
SEED = 20260301


def test_a_killed_grader_leaves_no_trace(tmp_path):
    program = [sys.executable, killer.__file__, str(tmp_path), str(INSTANTS), str(SEED)]
    home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=900, env=home)
    assert done.returncode == 0, done.stderr
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) == INSTANTS
    assert [run for run in runs if run["different"]] == []
    assert len({run["killed"] for run in runs}) > 3  # they were killed at different stages


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_small_class(tmp_path_factory.mktemp("kill") / "original")


@pytest.fixture(scope="module")
def expected(course, tmp_path_factory):
    """What an undisturbed run leaves, and how long it takes."""
    undisturbed = course.twin(tmp_path_factory.mktemp("undisturbed") / "course")
    begun = time.monotonic()
    assert grade(undisturbed).returncode == 1
    return rows(gradebook(undisturbed)), files(undisturbed), time.monotonic() - begun


def kill(course, folder, seconds):
    """Kill the command in a twin of the course; sooner than said if it has ended by then.

    Return the twin, and the processes that the command had started.
    """
    killed = course.twin(folder / "course")
    arguments, more = command(killed, LESSON)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(arguments, **quiet, **more) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            family = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            return killed, family
    return kill(course, folder / "sooner", seconds / 2)


@pytest.mark.parametrize("instant", range(5))
def test_a_killed_command_takes_all_its_processes_with_it(course, expected, tmp_path, instant):
    rows_expected, files_expected, length = expected
    seconds = random.Random(SEED + instant).uniform(0.3, 0.8 * length)
    killed, family = kill(course, tmp_path, seconds)
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    assert grade(killed).returncode == 1
    assert rows(gradebook(killed)) == rows_expected
    assert files(killed) == files_expected
    assert list(Path(killed.root, "autograded").rglob(".*")) == []
