"""What accounts of the hub can do, and what must fail, tried as each of them."""

import stat
import subprocess
import time

import psutil
import pytest

from tests.hub.machine import FORMGRADER, PATIENCE, Visitor, instructor, server_of, set_up

LESSON, NOTEBOOK = "05-ci-cd", "ci-cd.ipynb"
# A student, an account of neither group, and an instructor, who works through the service: his own
# account may no more than theirs.
OTHERS = ("ben", "stranger", "teacher")


@pytest.fixture(scope="module")
def ada(here):
    return Visitor(here, "ada")


def run(here, who, command):
    cwd = here.course if who == "grader" else None
    done = here.run_as(who, "nbgrader", command, LESSON, cwd=cwd)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def submitted(here):
    """Ada has handed in, and was collected."""
    for command in ("generate_assignment", "release_assignment"):
        run(here, "grader", command)
    for command in ("fetch_assignment", "submit"):
        run(here, "ada", command)
    run(here, "grader", "collect")
    return here


def test_a_student_comes_in_with_a_password_and_nobody_without(here, ada):
    assert ada.get("/hub/home")[0] == 200
    assert Visitor(here, "ada", "another-password").status == 403


def test_an_account_of_neither_group_may_not_come_in(here):
    assert Visitor(here, "stranger").status == 403


def test_the_exchange_has_the_permissions_that_keep_students_apart(submitted):
    course = submitted.exchange / "mlops"
    modes = [stat.S_IMODE((course / name).stat().st_mode) for name in ("..", "inbound", "outbound")]
    assert modes == [0o1777, 0o2733, 0o755]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_puts_an_exchange_of_his_own_in_the_place_of_the_courses(submitted, who):
    course = submitted.exchange / "mlops"
    for command in (["mv", course, course.with_name("mine")], ["mkdir", course / "mine"]):
        done = submitted.run_as(who, *map(str, command))
        assert done.returncode != 0
        assert "not permitted" in done.stderr or "Permission denied" in done.stderr


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize(
    "path",
    [
        "course",
        "course.bundle",
        f"course/source/{LESSON}/{NOTEBOOK}",
        "course/gradebook.db",
        f"course/submitted/{{ada}}/{LESSON}/{NOTEBOOK}",
        "exchange/mlops/inbound",
        f"home/ada/{LESSON}/{NOTEBOOK}",
        "hub/jupyterhub.sqlite",
        "hub/cookie_secret",
        "grader",
    ],
)
def test_nobody_reads_anything_of_the_course_or_of_others(submitted, path, who):
    there = submitted.folder / path.format(ada=submitted.names["ada"])
    assert there.exists()
    shown = submitted.run_as(who, "ls" if there.is_dir() else "cat", str(there))
    assert shown.returncode != 0
    assert "Permission denied" in shown.stderr


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_finds_what_another_has_handed_in(submitted, who):
    inbound = submitted.exchange / "mlops/inbound"
    (handed_in,) = inbound.glob(f"{submitted.names['ada']}+*")
    *known, secret = handed_in.name.split("+")
    assert len(secret) == 12  # of 64 characters each: nobody guesses it
    for there in (f"'{inbound}'/*", f"'{inbound}/{'+'.join(known)}'*"):
        found = submitted.run_as(who, "sh", "-c", f"cat {there}/{NOTEBOOK}")
        assert found.returncode != 0
        assert found.stdout == ""


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("attempt", ["ls .", "cat timestamp.txt", f"cat {NOTEBOOK}", "touch ."])
def test_what_is_handed_in_is_closed_to_others_even_if_they_know_its_path(
    submitted, attempt, other
):
    inbound = submitted.exchange / "mlops/inbound"
    (handed_in,) = inbound.glob(f"{submitted.names['ada']}+*")
    command, name = attempt.split()
    for who in "ada", "grader":
        done = submitted.run_as(who, command, str(handed_in / name))
        assert done.returncode == 0, done.stderr
    done = submitted.run_as(other, command, str(handed_in / name))
    assert done.returncode != 0
    assert "Permission denied" in done.stderr


@pytest.mark.parametrize(
    ("who", "way", "victim"),
    [
        ("ben", "nbgrader", "teacher"),
        ("ben", "a copy", "cleo"),
        ("stranger", "a copy", "cleo"),
        ("teacher", "a copy", "cleo"),
    ],
)
def test_nobody_submits_in_the_name_of_another(submitted, who, way, victim):
    name = submitted.names[victim]
    if way == "nbgrader":
        run(submitted, who, "fetch_assignment")
        command = ["nbgrader", "submit", LESSON, f"--student={name}"]
    else:
        forged = f"{name}+{LESSON}+2026-01-01 00:00:00 UTC+by-{who}"
        course = submitted.exchange / "mlops"
        command = ["cp", "-r", str(course / "outbound" / LESSON), str(course / "inbound" / forged)]
    done = submitted.run_as(who, *command)
    assert done.returncode == 0, done.stderr  # whoever may hand in may write there
    done = submitted.run_as("grader", "nbgrader", "collect", LESSON, cwd=submitted.course)
    assert f"it is said to be by {name!r} and belongs to {submitted.names[who]!r}" in done.stderr
    assert not (submitted.course / "submitted" / name / LESSON).exists()


def test_a_student_does_not_get_into_formgrader(ada):
    status, page = ada.get(FORMGRADER)
    assert status == 403, page[:500]
    assert "Manage Assignments" not in page


def test_an_instructor_does(here):
    teacher = Visitor(here, "teacher")
    status, page = teacher.get(FORMGRADER)
    assert status == 200, page[:500]
    assert "Add new assignment" in page
    # As Formgrader itself links to the folders of a lesson.
    status, page = teacher.get(f"/tree/./source/{LESSON}")
    assert status == 200, page[:500]
    assert f'"treePath": "source/{LESSON}"' in page


def test_who_is_no_instructor_any_more_is_none_on_the_hub(here):
    with instructor(here, "cleo"):
        assert Visitor(here, "cleo").get(FORMGRADER)[0] == 200
    assert Visitor(here, "cleo").get(FORMGRADER)[0] == 403


def test_a_student_does_not_reach_the_server_of_another(here, ada):
    ada.start_server()
    path = f"/user/{ada.name}/api/contents"
    assert ada.get(path)[0] == 200
    status, page = Visitor(here, "ben").get(path)
    assert status in (403, 404), page[:500]


def test_a_server_that_nobody_uses_is_stopped(here, ada):
    """By the hub's own service, which is asked here to be less patient."""
    ada.start_server()
    service = next(p for p in psutil.process_iter(["cmdline"]) if is_culler(here, p))
    patient = [word for word in service.cmdline() if not word.startswith("--timeout")]
    command = [*patient, "--timeout=1", "--cull-every=1"]
    with subprocess.Popen(command, env=service.environ()) as own:
        try:
            end = time.monotonic() + PATIENCE
            while server_of(ada.name) and time.monotonic() < end:  # to ask it would be to use it
                assert own.poll() is None
                time.sleep(1)
        finally:
            own.terminate()
    assert ada.get(f"/user/{ada.name}/api")[0] == 424  # there is no server


def is_culler(here, process):
    words = process.info["cmdline"] or [""]
    return words[0].startswith(str(here.bin)) and "jupyterhub_idle_culler" in words


def test_who_sets_it_up_is_told_to_commit_and_to_close_the_answers_to_others(here):
    assert f"chmod 700 '{here.clone}'" in set_up(here)
    readme = here.clone / "README.md"
    committed = readme.read_bytes()
    try:
        readme.write_bytes(committed + b"A line.\n")
        with pytest.raises(RuntimeError, match="Commit what you have changed"):
            set_up(here)
    finally:
        readme.write_bytes(committed)
