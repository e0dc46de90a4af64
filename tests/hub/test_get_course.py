"""The course on the hub follows its repository, whatever nbgrader wrote there in between."""

import subprocess

import pytest

from tests.hub.machine import DEPLOY


def git(folder, *command):
    me = ("-c", "user.name=Grace", "-c", "user.email=grace@example.org")
    subprocess.run(["git", *me, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path):
    clone = tmp_path / "clone"
    clone.mkdir()
    git(clone, "init")
    commit(clone, "first")
    return clone


def commit(clone, text):
    """Write a new version of the course."""
    for name in "source", "release":
        (clone / name).mkdir(exist_ok=True)
        (clone / name / "lesson.ipynb").write_text(text)
    git(clone, "add", ".")
    git(clone, "commit", "--message", text)


def get_course(clone):
    course, bundle = clone.parent / "course", clone.parent / "course.bundle"
    git(clone, "bundle", "create", str(bundle), "HEAD")
    command = ["sh", DEPLOY / "get_course", bundle, course]
    return course, subprocess.run(command, capture_output=True, text=True)


def test_what_generate_assignment_wrote_is_in_nobodys_way(clone):
    course, _ = get_course(clone)
    (course / "release/lesson.ipynb").write_text("generated")
    (course / "gradebook.db").write_text("grades")
    commit(clone, "second")
    _, done = get_course(clone)
    assert done.returncode == 0, done.stderr
    assert {path.read_text() for path in course.glob("*/lesson.ipynb")} == {"second"}
    assert (course / "gradebook.db").read_text() == "grades"


def test_what_a_person_wrote_is_kept_and_the_cure_is_told(clone):
    course, _ = get_course(clone)
    (course / "source/lesson.ipynb").write_text("mine")
    commit(clone, "second")
    _, done = get_course(clone)
    assert done.returncode == 1
    assert "put them aside with 'git stash'" in done.stderr
    assert (course / "source/lesson.ipynb").read_text() == "mine"
    git(course, "stash")
    _, done = get_course(clone)
    assert done.returncode == 0, done.stderr
    assert (course / "source/lesson.ipynb").read_text() == "second"
