"""What goes wrong around a class costs nobody points, and says in a sentence how to cure it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from nbgrader.api import Gradebook

from course.grading.classroom.configuration import load, to_json
from course.grading.classroom.coursework import Coursework
from course.grading.classroom.outcome import cores
from course.grading.classroom.parcel import pack, unpack
from course.grading.classroom.worker import grade_one
from course.grading.kernel.warm import FROM_OUTSIDE
from tests.bank import read_notebook
from tests.grading.class_course import (
    ESSAY,
    RIGHT,
    command,
    extend,
    grade,
    gradebook,
    hand_in,
    make_course,
    make_small_class,
    rows,
)
from tests.pipeline.course_copy import CommandError
from tests.pipeline.tiny_course import LESSON, NOTEBOOK

FATE = """
import os

def strike(assignment, student, notebooks):
    if student == "di":
        os._exit(1)
"""
CROWD = """
import os, time
for _ in range(100):
    if os.fork() == 0:
        os.setsid()
        try:
            os.sched_setaffinity(0, range(os.cpu_count()))
        except OSError:
            pass
        while True:
            pass
time.sleep(60)
"""
WORK = """
import time
time.sleep(2)
while time.process_time() < 1:
    pass
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return make_small_class(tmp_path_factory.mktemp("setbacks") / "original")


@pytest.fixture
def course(original, tmp_path):
    return original.twin(tmp_path / "course")


def add(course, setting):
    """Add a line to a course's settings; return what they were."""
    path = course.root / "nbgrader_config.py"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{setting}\n", encoding="utf-8")
    return before


def grades(course, *students):
    """Return what the gradebook says of the points of some."""
    return [row for row in rows(gradebook(course))["grades"] if row[0] in students]


def told(course):
    """Return how each notebook ended, by student and name."""
    records = rows(gradebook(course))["records"]
    return {(student, notebook): (how, why) for _, student, notebook, how, why, _ in records}


def test_a_warm_up_that_fails_ends_the_run_and_takes_no_points(course):
    before = grades(course, "ana", "ben", "cy")
    settings = add(course, 'c.ContainedProvisioner.warm = ["no_such_module"]')
    done = grade(course)
    assert done.returncode == 2, done.stdout
    assert "`no_such_module`" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert before == grades(course, "ana", "ben", "cy")
    assert all(list((course.root / "autograded" / who).rglob("*.ipynb")) for who in ("ana", "cy"))
    (course.root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    assert grade(course).returncode == 1
    assert {how for how, _ in told(course).values()} == {"graded", "needs a person"}


def test_stock_autograde_refuses_a_warm_up_that_fails(course):
    add(course, 'c.ContainedProvisioner.warm = ["no_such_module"]')
    with pytest.raises(Exception, match="no_such_module"):
        course.nbgrader("autograde", LESSON)


def test_the_end_of_the_warm_process_is_nobodys_fault(course):
    for number in range(4):
        extend(hand_in(course, f"slow {number}", RIGHT), "import time\ntime.sleep(2)")
    arguments, more = command(course, LESSON, "--workers", "1")
    with subprocess.Popen(
        arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8", **more
    ) as process:
        while not list(course.root.glob(f"autograded/slow */{LESSON}")):
            assert process.poll() is None
            time.sleep(0.05)
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if "kernel.zygote" in " ".join(child.cmdline()):
                    child.kill()
        said = process.communicate(timeout=120)[1]
    assert process.returncode == 2
    assert "The process that kernels are forked from has ended" in said
    assert grade(course).returncode == 1
    assert {how for how, _ in told(course).values()} == {"graded", "needs a person"}, told(course)


@pytest.mark.parametrize(
    ("setting", "cure"),
    [
        ("c.ContainedProvisioner.user = 0", "nbgrader_config.py"),
        ('c.ContainedProvisioner.memory = "4G"', "nbgrader_config.py"),
        ('c.CourseDirectory.db_url = "nonsense"', "db_url"),
    ],
)
def test_a_wrong_setting_is_one_sentence(course, setting, cure):
    add(course, setting)
    done = grade(course)
    assert (done.returncode, done.stdout) == (2, "")
    assert cure in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_scheduler_that_is_not_there_is_one_sentence(course):
    for address in ("tcp://127.0.0.1:1", "tls://127.0.0.1:1", "nonsense://x"):
        done = grade(course, LESSON, "--scheduler", address)
        assert done.returncode == 2
        assert f"There is no Dask scheduler at {address}" in done.stderr
        assert "Traceback" not in done.stderr


def test_an_assignment_without_notebooks_is_one_sentence(course):
    course.nbgrader("db", "assignment", "add", "02-new")
    (course.root / "source" / "02-new").mkdir()
    (course.root / "submitted" / "ana" / "02-new").mkdir()
    done = grade(course, "02-new")
    assert done.returncode == 2
    assert "nbgrader generate_assignment 02-new" in done.stderr


def test_what_a_person_has_marked_needs_nobody_any_more(course):
    assert grade(course).returncode == 1
    with Gradebook(gradebook(course), "mlops") as book:
        for submission in book.assignment_submissions(LESSON):
            for notebook in submission.notebooks:
                for each in notebook.grades:
                    if each.needs_manual_grade:
                        each.manual_score, each.needs_manual_grade = 1, False
        book.db.commit()
    done = grade(course)
    assert done.returncode == 0, done.stdout


def test_an_edited_check_is_told_of(course):
    folder = hand_in(course, "edits", RIGHT)
    path = folder / NOTEBOOK
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("assert double([1, 2]) == [2, 4]", "assert True"), "utf-8")
    assert "edits: " in grade(course).stderr


def test_what_cannot_be_read_could_not_run_also_without_a_check(tmp_path):
    course = make_course(tmp_path / "course")
    folder = hand_in(course, "broken", RIGHT, essay="Because.")
    (folder / ESSAY).write_bytes(b"\xff\x00")
    assert grade(course).returncode == 1
    assert told(course)["broken", "essay"][0] == "could not run"
    assert read_notebook(course.root / "autograded" / "broken" / LESSON / ESSAY).cells


def test_what_a_notebook_says_of_itself_is_one_printable_line(tmp_path):
    course = make_course(tmp_path / "course")
    forged = (
        "class NothingShownError(Exception): pass\n"
        'def double(values): raise NothingShownError("\\x1b[31mfine.\\nzoe graded" + 3000 * "x")'
    )
    hand_in(course, "forger", {**RIGHT, "double": forged})
    done = grade(course)
    assert "\x1b" not in done.stdout
    assert not [line for line in done.stdout.splitlines() if line.startswith("zoe")]
    assert len(told(course)["forger", "tiny"][1]) <= 400


def test_a_file_that_cannot_be_read_costs_nobody_else_anything(course):
    (course.root / "submitted" / "di" / LESSON / NOTEBOOK).chmod(0)
    arguments, more = command(course, LESSON)
    powers = "-dac_override,-dac_read_search"  # by which root reads what nobody may
    as_others = ["setpriv", "--bounding-set", powers] if os.geteuid() == 0 else []
    done = subprocess.run([*as_others, *arguments], capture_output=True, encoding="utf-8", **more)
    assert done.returncode == 1, done.stderr
    how, why = told(course)["di", "tiny"]
    assert how == "could not run"
    assert "Permission denied" in why
    assert told(course)["ben", "tiny"] == ("graded", "")
    stock = [sys.executable, "-m", "nbgrader", "autograde", LESSON, "--force"]
    done = subprocess.run([*as_others, *stock], capture_output=True, encoding="utf-8", **more)
    assert "di, tiny: could not run: It cannot be read" in done.stderr
    assert told(course)["di", "tiny"][0] == "could not run"
    assert told(course)["ben", "tiny"] == ("graded", "")


def test_a_worker_that_comes_later_with_another_version_is_told(course):
    config = load(course.root)
    coursework = Coursework(config, LESSON)
    parcel, files = unpack(coursework.parcel(to_json(config), ""))
    answer = grade_one(pack({**parcel, "code": "another"}, files), pack({"student": "ana"}, {}))
    assert "another version of this package" in unpack(answer)[0]["error"]


def test_who_handed_in_no_notebook_is_told_of_by_nbgrader_autograde_too(course):
    course.nbgrader("autograde", LESSON, "--force")
    for path in (course.root / "submitted" / "di" / LESSON).glob("*.ipynb"):
        path.rename(path.with_name(f"my-{path.name}"))
    with pytest.raises(CommandError, match="ended with 1"):
        course.nbgrader("autograde", LESSON, "--force")
    known = told(course)
    assert known["ana", "tiny"] == ("graded", "")
    for notebook in "essay", "tiny":
        how, why = known["di", notebook]
        assert how == "could not run"
        assert why == "It does not hold essay.ipynb, tiny.ipynb: was a file renamed?"


def test_without_a_sandbox_a_class_is_graded_only_if_the_settings_allow_it(course):
    arguments, more = command(course, LESSON)
    more["env"] = {**more.get("env", os.environ), "PATH": str(Path(sys.executable).parent)}
    before = told(course)
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", **more)
    assert done.returncode == 2
    assert "apt-get install bubblewrap" in done.stderr
    assert told(course) == before
    (course.root / "fate.py").write_text(FATE)
    add(course, 'c.Autograde.pre_convert_hook = "fate.strike"')
    add(course, "c.ContainedProvisioner.allow_unsandboxed = True")
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", **more)
    assert done.returncode == 1, done.stderr
    assert "unsandboxed" in done.stdout
    assert told(course)["di", "tiny"][0] == "could not run"
    assert {sandboxed for *_, sandboxed in rows(gradebook(course))["records"]} == {False}


def test_a_course_in_what_kernels_may_read_is_refused(course):
    add(course, f"c.ContainedProvisioner.bind = [{str(course.root.parent)!r}]")
    done = grade(course)
    assert done.returncode == 2
    assert "this course lies in it" in done.stderr
    with pytest.raises(Exception, match="this course lies in it"):
        course.nbgrader("autograde", LESSON)


@pytest.mark.skipif(cores() < 2, reason="there is one core")
def test_a_crowd_of_processes_takes_no_time_from_who_is_graded_beside_it(tmp_path):
    course = make_course(tmp_path, "c.Execute.timeout = 8\nc.Execute.iopub_timeout = 5\n")
    for student, code in {"crowd": CROWD, "honest": WORK}.items():
        hand_in(course, student, {**RIGHT, "double": f"{code}\n{RIGHT['double']}"})
    hand_in(course, "right", RIGHT)
    done = grade(course)
    points = {
        student: [row[1:] for row in grades(course, student)]
        for student in ("crowd", "honest", "right")
    }
    assert points["honest"] == points["right"] != points["crowd"], done.stdout


def test_points_stay_when_a_kernel_was_ended_from_outside(course):
    asleep = f"{RIGHT['double']}\nimport time\ntime.sleep(60)"
    hand_in(course, "ana", {**RIGHT, "double": asleep}, essay="So.")
    before = grades(course, "ana")
    for program in "mlops-course", "nbgrader":
        arguments, more = command(course, LESSON)
        if program == "nbgrader":
            arguments = [sys.executable, "-m", "nbgrader", "autograde", LESSON, "--student=ana"]
            arguments += ["--force"]
        with subprocess.Popen(
            arguments, stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", **more
        ) as process:
            end_kernels_that_sleep(process.pid)
            said = "".join(process.communicate(timeout=120))
        assert process.returncode == 1, said
        assert "was ended from outside" in said
        how, why = told(course)["ana", "tiny"]
        assert (how, "was ended from outside" in why) == ("could not run", True)
        if program == "mlops-course":
            assert grades(course, "ana") == before


def end_kernels_that_sleep(grader):
    """Kill the process that watches a kernel, once the kernel has been there for a while."""
    while True:
        for process in psutil.Process(grader).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                around = [each.name() for each in process.parents()[:3]]
                if "kernel.zygote" not in " ".join(process.cmdline()) or process.children():
                    continue
                if "bwrap" in around[2:] and "bwrap" not in around[:2]:
                    time.sleep(3)
                    process.parent().kill()
                    return
        time.sleep(0.1)


def test_what_a_notebook_says_cannot_pass_for_bad_luck(course):
    """As it would keep the points of an earlier submission."""
    hand_in(course, "ana", RIGHT)
    grade(course)
    raised = "class NothingShownError(Exception): pass\ndef double(values): raise "
    forged = f"{raised}NothingShownError({FROM_OUTSIDE!r})"
    hand_in(course, "ana", {"double": forged, "coldest": 'coldest = "A"'})
    done = grade(course)
    assert done.returncode == 1
    assert told(course)["ana", "tiny"][0] == "needs a person"
    assert not any(points for _, notebook, _, points, *_ in grades(course, "ana") if points)
    assert "NothingShownError" in (
        course.root / "autograded" / "ana" / LESSON / NOTEBOOK
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "shown", "cure"),
    [(b"zo\xe9", r"zo\udce9", "no UTF-8"), (b"b" * 129, "b" * 128, "too long")],
)
def test_a_name_that_no_gradebook_can_hold_stops_nobody_else(course, name, shown, cure):
    submitted = course.root / "submitted"
    (submitted / "ben").rename(submitted / os.fsdecode(name))
    done = grade(course)
    assert done.returncode == 1, done.stderr
    how, why = told(course)[shown, "tiny"]
    assert (how, cure in why, "rename its folder" in why) == ("could not run", True, True)
    assert told(course)["di", "tiny"] == ("graded", "")
    said = course.nbgrader("autograde", LESSON, "--force")
    assert cure in said
    assert told(course)["di", "tiny"] == ("graded", "")


def test_a_folder_without_notebooks_is_recorded_by_nbgrader_autograde_too(course):
    folder = course.root / "submitted" / "eve" / LESSON
    folder.mkdir(parents=True)
    (folder / "answer.txt").write_text("42", encoding="utf-8")
    assert "eve, tiny: could not run" in course.nbgrader("autograde", LESSON, "--force")
    assert told(course)["eve", "tiny"][0] == "could not run"


KILLED = """
import os, signal
from course.grading import autograde

place, name = WHERE
go_on = getattr(place, name)

def strike(*args, **kwargs):
    if any(getattr(each, "stem", "") == "tiny" for each in args):
        os.kill(os.getpid(), signal.SIGKILL)
    return go_on(*args, **kwargs)

setattr(place, name, strike)
"""
BEFORE_A_NOTEBOOK = KILLED.replace("WHERE", 'autograde.ContainedExporter, "_sanitized"')
WHILE_IT_IS_READ = KILLED.replace("WHERE", 'autograde, "read_submission"')
BEFORE_IT_RUNS = KILLED.replace("WHERE", 'autograde.ContainedExporter, "_graded"')


@pytest.mark.parametrize("killed", [BEFORE_A_NOTEBOOK, WHILE_IT_IS_READ, BEFORE_IT_RUNS])
def test_nbgrader_autograde_killed_at_the_second_notebook_is_begun_again(course, killed):
    settings = add(course, killed)
    with pytest.raises(CommandError, match="ended with -9"):
        course.nbgrader("autograde", LESSON, "--student=di")
    assert told(course).get(("di", "tiny"), ("",))[0] != "graded"
    (course.root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    assert "an interrupted grading is begun again" in course.nbgrader("autograde", LESSON)
    assert told(course)["di", "tiny"] == ("graded", "")
    assert "Skipping existing assignment" in course.nbgrader("autograde", LESSON)


def test_what_may_have_run_without_a_sandbox_before_it_was_killed_says_so(course):
    add(course, "c.ContainedProvisioner.allow_unsandboxed = True")
    add(course, BEFORE_IT_RUNS)
    with pytest.raises(CommandError, match="ended with -9"):
        course.nbgrader("autograde", LESSON, "--student=di")
    records = {tuple(row[1:4]): row[5] for row in rows(gradebook(course))["records"]}
    assert records["di", "tiny", "could not run"] == 0


ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size=24k tmpfs "$TMPDIR"
exec "$@"
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can mount a small disk.")
def test_a_disk_of_workers_that_is_full_ends_the_run(course):
    before = told(course), grades(course, "ana", "ben", "cy")
    arguments, more = command(course, LESSON)
    shell = ["unshare", "-m", "sh", "-c", ON_A_SMALL_DISK, "sh", *arguments]
    with tempfile.TemporaryDirectory() as small:
        more["env"] |= {"TMPDIR": small}
        done = subprocess.run(shell, capture_output=True, encoding="utf-8", **more)
    assert done.returncode == 2, done.stdout
    assert "is full: make room and run the same command again" in done.stderr.splitlines()[-1]
    assert before == (told(course), grades(course, "ana", "ben", "cy"))
    assert grade(course).returncode == 1
    assert told(course)["di", "tiny"] == ("graded", "")


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        ("c.Exchange.root = {!r}", "the exchange"),
        ('c.CourseDirectory.db_url = "sqlite:///" + {!r} + "/grades.db"', "the gradebook"),
    ],
)
def test_what_is_private_in_what_kernels_may_read_is_refused(course, tmp_path, setting, what):
    (tmp_path / "shared").mkdir()
    add(course, f"c.ContainedProvisioner.bind = [{str(tmp_path / 'shared')!r}]")
    add(course, setting.format(str(tmp_path / "shared")))
    done = grade(course)
    assert done.returncode == 2, done.stdout
    assert f"{what} lies in it" in done.stderr


@pytest.mark.parametrize("changed", ["helpers.py", "kit/words.txt"])
def test_who_is_graded_by_other_code_or_data_of_the_course_is_graded_again(course, changed):
    for path, content in {
        "helpers.py": "",
        "kit/__init__.py": "",
        "kit/words.txt": "one",
    }.items():
        (course.root / path).parent.mkdir(exist_ok=True)
        (course.root / path).write_text(content, encoding="utf-8")
    add(course, 'c.ContainedProvisioner.warm = ["helpers", "kit"]')
    arguments, more = command(course, LESSON, "--json")
    more["env"]["PYTHONPATH"] += f"{os.pathsep}{course.root}"

    def graded_anew():
        done = subprocess.run(arguments, capture_output=True, encoding="utf-8", **more)
        return {each["anew"] for each in json.loads(done.stdout)["submissions"]}

    assert graded_anew() == {True}
    assert graded_anew() == {False}
    (course.root / changed).write_text("two = 2", encoding="utf-8")
    assert graded_anew() == {True}
