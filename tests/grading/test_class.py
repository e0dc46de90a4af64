"""`mlops-course grade` does to a class what `nbgrader autograde` does, and says how it went."""

import fcntl
import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import dask
import psutil
import pytest
import yaml
from distributed import Client
from nbgrader.api import Gradebook

from tests.docs.dask_page import certify, settings
from tests.grading.class_course import (
    DUE,
    LATE,
    RIGHT,
    WRONG,
    command,
    extend,
    files,
    grade,
    gradebook,
    hand_in,
    make_course,
    records_match,
    rows,
)
from tests.pipeline.course_copy import ROOT
from tests.pipeline.tiny_course import LESSON, NOTEBOOK


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A course with a class of eight, graded by nbgrader, marked by hand, and handed in again."""
    course = make_course(tmp_path_factory.mktemp("class"))
    course.nbgrader("db", "assignment", "add", LESSON, f"--duedate={DUE} UTC")
    for student in ("ana", "marked"):
        hand_in(course, student, WRONG, essay="Because.")
    course.nbgrader("autograde", LESSON)
    with Gradebook(gradebook(course), "mlops") as book:
        grade = book.find_grade("double-check-values", "tiny", LESSON, "marked")
        grade.manual_score, grade.extra_credit = 1.5, 0.5
        book.find_grade("why", "essay", LESSON, "marked").manual_score = 2
        book.find_comment("double", "tiny", LESSON, "marked").manual_comment = "Nearly."
        book.db.commit()
    hand_in(course, "ana", RIGHT, essay="Because of that.")
    marked = hand_in(course, "marked", RIGHT, essay="Because of this.")
    (marked / "timestamp.txt").write_text(LATE, encoding="utf-8")
    late = hand_in(course, "late", RIGHT, essay="It was cold.")
    (late / "timestamp.txt").write_text(LATE, encoding="utf-8")
    in_time = hand_in(course, "in time", RIGHT)  # and without an essay
    (in_time / "timestamp.txt").write_text("2026-02-28 11:00:00 UTC", encoding="utf-8")
    hand_in(course, "Zoë Ü", WRONG, essay="Weil.")
    hand_in(course, "blank", {}, essay="Say why.")
    more = hand_in(course, "files", RIGHT, essay="See my files.")
    (more / "data.csv").write_text("mine", encoding="utf-8")
    (more / "notes").mkdir()
    (more / "notes" / "a b.txt").write_text("1", encoding="utf-8")
    (more / "renamed.ipynb").write_bytes((more / NOTEBOOK).read_bytes())
    exits = hand_in(course, "exits", RIGHT, essay="Enough.")
    extend(exits, "import os, time\ntime.sleep(0.5)\nos._exit(0)")
    return course


@pytest.fixture(scope="module")
def autograded(start, tmp_path_factory):
    course = start.twin(tmp_path_factory.mktemp("autograded") / "course")
    course.nbgrader("autograde", LESSON, "--force")
    return course


@pytest.fixture(scope="module")
def ours(start, tmp_path_factory):
    course = start.twin(tmp_path_factory.mktemp("ours") / "course")
    done = grade(course, LESSON, "--json")
    assert done.returncode == 1, done.stderr
    course.said = json.loads(done.stdout)
    return course


def test_the_gradebook_is_that_of_nbgrader_autograde(autograded, ours):
    expected, found = rows(gradebook(autograded)), rows(gradebook(ours))
    assert len(expected["submissions"]) == 8
    for name in expected:
        assert found[name] == expected[name], name


def test_the_honest_have_the_points_that_nbgrader_gives_without_this_engine(ours, start, tmp_path):
    course = start.twin(tmp_path / "without")
    config = course.root / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    ours_is = "from course.grading import settings\n"
    assert ours_is in text
    bare = text.replace(ours_is, "settings = type('Nothing', (), {'use': lambda c, warm: None})\n")
    excluded = "c.ContainedProvisioner.warm = []\nc.CourseDirectory.student_id_exclude = 'exits'\n"
    config.write_text(bare + excluded, encoding="utf-8")
    course.nbgrader("autograde", LESSON, "--force")
    expected = [row for row in rows(gradebook(course))["grades"] if row[0] != "exits"]
    assert [row for row in rows(gradebook(ours))["grades"] if row[0] != "exits"] == expected
    assert any(row[3] for row in expected) and any(row[3] == 0 for row in expected)


def test_the_files_are_those_of_nbgrader_autograde(autograded, ours):
    expected, found = files(autograded), files(ours)
    assert sum(name.endswith(".ipynb") for name in expected) == 15
    assert found.keys() == expected.keys()
    for name in expected:
        assert found[name] == expected[name], name
    assert records_match(ours)


def test_lateness_costs_what_it_costs_under_nbgrader_autograde_and_marks_by_hand_stay(ours):
    with Gradebook(gradebook(ours), "mlops") as book:
        late = book.find_submission_notebook("tiny", LESSON, "late")
        assert (late.score, late.late_submission_penalty) == (4, pytest.approx(0.8))
        marked = book.find_submission_notebook("tiny", LESSON, "marked")
        assert (marked.score, marked.late_submission_penalty) == (4, pytest.approx(0.8))
        again = book.find_grade("double-check-values", "tiny", LESSON, "marked")
        assert (again.auto_score, again.manual_score, again.needs_manual_grade) == (2, 1.5, True)
        assert book.find_comment("double", "tiny", LESSON, "marked").comment == "Nearly."


def test_the_report_counts_and_names_those_that_need_a_person(ours):
    endings = {each["student"]: each["ending"] for each in ours.said["submissions"]}
    assert endings["in time"] == "graded"
    assert endings["late"] == "needs a person"  # it has an essay
    assert endings.keys() == {entry.name for entry in (ours.root / "submitted").iterdir()}
    assert sum(ours.said["counts"].values()) == 8
    late = next(each for each in ours.said["submissions"] if each["student"] == "late")
    assert (late["points"], late["max_points"]) == (4, 9)
    assert late["penalty"] == pytest.approx(0.8)
    assert "why" in late["reason"]


@pytest.fixture
def elsewhere():
    """A folder that kernels can be let into, as pytest's own cannot."""
    with TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_what_has_not_changed_is_not_graded_again(ours, tmp_path, elsewhere, monkeypatch):
    course = ours.twin(tmp_path / "course")
    before = rows(gradebook(course)), files(course)

    def graded_anew(*options):
        done = grade(course, LESSON, "--json", *options)
        submissions = json.loads(done.stdout)["submissions"]
        return {each["student"] for each in submissions if each["anew"]}

    assert graded_anew() == set()
    assert (rows(gradebook(course)), files(course)) == before
    assert graded_anew("--force", "--student", "ana") == {"ana"}
    hand_in(course, "ana", WRONG)
    (course.root / "autograded" / "late" / LESSON / NOTEBOOK).unlink()
    (course.root / "submitted" / "in time" / LESSON / "timestamp.txt").write_text(LATE)
    assert graded_anew() == {"ana", "late", "in time"}
    with Gradebook(gradebook(course), "mlops") as book:
        assert book.find_submission(LESSON, "ana").score == 0
        assert book.find_submission(LESSON, "in time").late_submission_penalty > 0
        book.update_or_create_source_cell("double-check-empty", "tiny", LESSON, source="assert 0")
    everybody = {path.name for path in (course.root / "submitted").iterdir()}
    assert graded_anew() == everybody  # a check has changed
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
        settings.write("c.Execute.timeout = 61\n")
    assert graded_anew() == everybody  # a limit has changed
    shutil.copytree(ROOT / "course", elsewhere / "course")
    monkeypatch.setattr("tests.grading.class_course.ROOT", elsewhere)
    with (elsewhere / "course/grading/verdict.py").open("a", encoding="utf-8") as code:
        code.write("# mended\n")
    assert graded_anew() == everybody  # the engine has changed
    assert graded_anew() == set()


def test_every_submission_ends_in_a_state_whatever_it_holds(start, tmp_path):
    course = start.twin(tmp_path / "course")
    folder = course.root / "submitted"
    (folder / "empty" / LESSON).mkdir(parents=True)
    (folder / "renamed" / LESSON).mkdir(parents=True)
    (folder / "late" / LESSON / NOTEBOOK).rename(folder / "renamed" / LESSON / "other.ipynb")
    (folder / "blank" / LESSON / NOTEBOOK).write_bytes(b"\xff\x00 no notebook")
    done = grade(course, LESSON)
    assert done.returncode == 1
    table = [line.split("  ") for line in done.stdout.split("\n\n")[0].splitlines()]
    told = {row[0]: " ".join(row[1:]) for row in table}
    assert "could not run" in told["empty"]
    assert "was a file renamed?" in told["renamed"]
    assert "could not run" in told["blank"]
    assert len(rows(gradebook(course))["submissions"]) == 10
    again = json.loads(grade(course, LESSON, "--json").stdout)
    assert not [each for each in again["submissions"] if each["anew"]]


def test_a_class_of_right_answers_is_graded_with_exit_status_0(start, tmp_path):
    course = start.twin(tmp_path / "course")
    done = grade(course, "tiny", "--student", "in time")
    assert done.returncode == 0
    assert done.stderr.strip() == "in time: It does not hold essay.ipynb: was a file renamed?"
    line, _, *counts = done.stdout.splitlines()
    assert line.split() == ["in", "time", "4/9", "graded"]
    assert counts[0].split() == ["graded", "1"]


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (["tinny"], "did you mean tiny"),
        ([LESSON, "--student", "nobody"], "nobody handed in no 01-tiny"),
        ([LESSON, "--scheduler", "tcp://127.0.0.1:9"], "There is no Dask scheduler at"),
        ([LESSON, "--scheduler", "tcp://127.0.0.1:9", "--workers", "2"], "leave out --workers"),
    ],
)
def test_what_cannot_be_graded_is_said_in_a_sentence(start, arguments, cure):
    done = grade(start, *arguments)
    assert done.returncode == 2
    assert cure in done.stderr
    assert "Traceback" not in done.stderr


def test_a_course_whose_settings_contain_nothing_is_refused(start, tmp_path):
    course = start.twin(tmp_path / "course")
    (course.root / "nbgrader_config.py").write_text('get_config().CourseDirectory.course_id = "x"')
    done = grade(course, LESSON)
    assert done.returncode == 2
    assert "settings.use(c)" in done.stderr


def test_a_locked_gradebook_is_waited_for(start, tmp_path):
    course = start.twin(tmp_path / "course")
    path = course.root / "gradebook.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(20, other.close)
    release.start()
    done = grade(course, LESSON, "--student", "in time", "--student", "late", "--json")
    assert release.finished.is_set()  # it did not end before
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["counts"]["could not run"] == 0, done.stdout


def test_ctrl_c_leaves_what_was_graded(start, tmp_path):
    course = start.twin(tmp_path / "course")
    for number in range(8):
        extend(hand_in(course, f"slow {number}", RIGHT), "import time\ntime.sleep(1)")
    arguments, more = command(course, LESSON, "--workers", "1")
    with subprocess.Popen(
        arguments, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True, **more
    ) as process:
        while not list(course.root.glob(f"autograded/slow */{LESSON}")):
            assert process.poll() is None
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 130, said
    told = said.strip().splitlines()[-1]
    assert told == "Interrupted: what was graded is recorded; run it again to go on."
    recorded = rows(gradebook(course))["records"]
    assert 0 < len({row[1] for row in recorded if row[1].startswith("slow")}) < 8
    assert records_match(course)


FATE = """
import os, signal
from pathlib import Path

def strike(assignment, student, notebooks):
    before = Path(__file__).with_name(f"struck {student}")
    if student == "deadly" or student == "unlucky" and not before.exists():
        before.touch()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_that_dies_is_replaced_and_its_submission_tried_once_more(start, tmp_path):
    course = start.twin(tmp_path / "course")
    (course.root / "fate.py").write_text(FATE)
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write('c.Autograde.pre_convert_hook = "fate.strike"\n')
    for student in ("deadly", "unlucky", "other"):
        hand_in(course, student, RIGHT, essay="Because.")
    done = grade(course, LESSON, "--json")
    assert done.returncode == 1, done.stderr
    submissions = json.loads(done.stdout)["submissions"]
    told = {each["student"]: each["ending"] for each in submissions}
    assert told.pop("deadly") == "could not run"
    assert "could not run" not in told.values()
    deadly = next(each for each in submissions if each["student"] == "deadly")
    assert "ended the process that graded it" in deadly["reason"]
    again = json.loads(grade(course, LESSON, "--json").stdout)["submissions"]
    assert [each["student"] for each in again if each["anew"]] == ["deadly"]


PARTING = """
import os, signal, subprocess, sys, threading, time
from pathlib import Path

USE = (
    "import sqlite3, time; gradebook = sqlite3.connect('gradebook.db', isolation_level=None);"
    "gradebook.execute('BEGIN IMMEDIATE'); print('in use', flush=True); time.sleep(7)"
)

def strike(assignment, student, notebooks):
    here = Path(__file__).parent
    if student == "in time":  # his result waits for the gradebook while the next is had and lost
        user = [sys.executable, "-c", USE]
        subprocess.Popen(user, cwd=here, stdout=subprocess.PIPE).stdout.readline()
    elif not here.joinpath("struck").exists():
        here.joinpath("struck").touch()
        threading.Timer(3, os.kill, (os.getpid(), signal.SIGKILL)).start()
    else:
        time.sleep(6)  # and is not there again when it is asked for
"""


def test_a_result_that_ends_with_its_worker_is_had_again(start, tmp_path):
    course = start.twin(tmp_path / "course")
    (course.root / "fate.py").write_text(PARTING)
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write('c.Autograde.pre_convert_hook = "fate.strike"\n')
    class_of_two = ("--student", "in time", "--student", "late", "--workers", "1")
    done = grade(course, LESSON, *class_of_two, "--json")
    assert (course.root / "struck").exists()
    submissions = json.loads(done.stdout)["submissions"]
    assert [each["student"] for each in submissions if each["anew"]] == ["in time", "late"]
    assert [each["reason"] for each in submissions if each["ending"] == "could not run"] == []


@pytest.fixture
def certificates(start, tmp_path):
    """What docs/grading.md has Dask told, in the homes of the instructor and of the workers."""
    certify(tmp_path)
    told = yaml.safe_dump(settings())
    told = re.sub(r"[\w-]+\.pem", lambda name: str(tmp_path / name[0]), told)
    for home in (tmp_path, start.home("instructor")):
        (home / ".config/dask").mkdir(parents=True, exist_ok=True)
        (home / ".config/dask/distributed.yaml").write_text(told)
    yield yaml.safe_load(told)
    shutil.rmtree(start.home("instructor") / ".config")


@pytest.fixture
def cluster(start, certificates, tmp_path):
    """A scheduler and two workers that do not see the course's folder; yields an address."""
    program = Path(sys.executable).with_name("dask")
    at = tmp_path / "scheduler.json"
    hidden = ["bwrap", "--dev-bind", "/", "/", "--die-with-parent", "--tmpfs", start.folder]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    quiet["env"] = {**os.environ, "HOME": str(tmp_path)}
    here = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", at]
    with ExitStack() as stack:

        def run(*command_line):
            process = stack.enter_context(subprocess.Popen(command_line, **quiet))
            stack.callback(process.wait, 60)
            stack.callback(process.terminate)

        run(program, "scheduler", "--protocol", "tls", *here)
        while not at.exists():
            time.sleep(0.05)
        address = json.loads(at.read_text())["address"]
        run(*hidden, program, "worker", address, "--nworkers", "2", "--nthreads", "1")
        told = dask.config.merge(dask.config.config, certificates)
        with dask.config.set(told), Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield address


def test_a_cluster_without_a_shared_disk_grades_alike(autograded, start, cluster):
    course = start.twin(start.folder / "for the cluster")
    arguments, more = command(course, LESSON, "--scheduler", cluster)
    more["env"]["HOME"] = str(start.home("instructor"))
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", timeout=300, **more)
    assert cluster.startswith("tls://")
    assert done.returncode == 1, done.stderr
    assert rows(gradebook(course)) == rows(gradebook(autograded))
    assert files(course) == files(autograded)


def test_a_scheduler_that_is_lost_ends_the_run_with_a_sentence(start, tmp_path, cluster):
    course = start.twin(tmp_path / "course")
    for number in range(3):
        extend(hand_in(course, f"slow {number}", RIGHT), "import time\ntime.sleep(5)")
    arguments, more = command(course, LESSON, "--scheduler", cluster)
    more["env"]["HOME"] = str(start.home("instructor"))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    before = rows(gradebook(course))["records"]
    with subprocess.Popen(arguments, **pipes, **more) as process:
        while rows(gradebook(course))["records"] == before:
            assert process.poll() is None
            time.sleep(0.1)
        for child in psutil.Process().children():
            with suppress(psutil.NoSuchProcess):  # as one is called, too, that has just ended
                if "scheduler" in child.cmdline():
                    child.kill()
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert re.fullmatch("The connection to the workers was lost: run the same.*\n", said), said
    assert records_match(course)


ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size=3m tmpfs "$disk"
cp -a "$course/." "$disk"
cd "$disk"
head -c 100M /dev/zero > filler || true
truncate -s -$left filler
"$@" 2> "$out/said" && status=0 || status=$?
echo $status > "$out/status"
cp gradebook.db "$out/full.db"
rm filler
"$@" || true
cp -a "$disk/." "$course"
"""


def test_a_terminal_shows_how_many_are_done_and_the_time_that_is_left(start, tmp_path):
    course = start.twin(tmp_path / "course")
    arguments, more = command(course, LESSON, "--workers", "1")
    ours, theirs = pty.openpty()
    more["env"] |= {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=theirs, **more) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # as a terminal ends whose last program has ended
            while part := os.read(ours, 10_000):
                shown += part
    os.close(ours)
    assert process.returncode == 1
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    (number,) = set(re.findall(r"Grading +\S+ +\d+/(\d+) submissions, +\S+ left", text))
    assert int(number) == len(list((course.root / "submitted").iterdir()))
    assert re.search(rf"[1-9]/{number} submissions, +\d\d:\d\d left", text), text


@pytest.mark.parametrize("left", ["8K", "40K", "160K"])
def test_a_full_disk_ends_with_a_sentence_and_a_whole_gradebook(start, ours, tmp_path, left):
    if os.geteuid() != 0:
        pytest.skip("Only root can mount a small disk.")
    course = start.twin(tmp_path / "course")
    (tmp_path / "disk").mkdir()
    arguments, more = command(course, LESSON)
    places = {"disk": tmp_path / "disk", "course": course.root, "out": tmp_path, "left": left}
    more["env"] |= {name: str(value) for name, value in places.items()}
    shell = ["unshare", "-m", "sh", "-c", ON_A_SMALL_DISK, "sh", *arguments]
    subprocess.run(shell, check=True, capture_output=True, timeout=300, env=more["env"])
    assert (tmp_path / "status").read_text().strip() == "2"
    said = (tmp_path / "said").read_text()
    told = said.splitlines()[-1]
    assert told.startswith("The disk is full: make room and run the same command again"), said
    with closing(sqlite3.connect(tmp_path / "full.db")) as full:
        assert full.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert rows(gradebook(course)) == rows(gradebook(ours))
    assert files(course) == files(ours)


def test_a_second_grader_in_the_same_course_is_sent_away(start, tmp_path):
    course = start.twin(tmp_path / "course")
    folder = os.open(course.root / "autograded", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    done = grade(course)
    os.close(folder)
    assert done.returncode == 2
    assert done.stderr.startswith("Somebody is grading in this course already")
