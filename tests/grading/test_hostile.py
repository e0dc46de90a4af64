"""A class of hostile and honest people, graded together by one stock `nbgrader autograde`."""

import ctypes
import os
import socket
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from sqlalchemy import create_engine

from course.grading import ledger
from tests.grading.hostile_class import (
    HIDDEN,
    LESSON,
    NOTEBOOK,
    SOLUTION,
    members,
    write_source,
)
from tests.pipeline.course_copy import CourseCopy

CLASS = members()
HOSTILE = [member for member in CLASS if member.hostile]
HONEST = [member for member in CLASS if not member.hostile]
OF_THE_ENVIRONMENT = "token-of-the-grader-5186"
OF_THE_GRADEBOOK = "surname-in-the-gradebook-3391"
OF_ANOTHER = "note-of-another-student-7702"
OF_THE_MACHINE = "root:x:0:0:"
SECRETS = [SOLUTION, OF_THE_ENVIRONMENT, OF_THE_GRADEBOOK, OF_ANOTHER, OF_THE_MACHINE]

# Less than by default, so that the bombs are small ones and the loops short.
SETTINGS = """
import os
import tempfile
tempfile.tempdir = {tmp!r}
os.environ["TOKEN"] = {token!r}
c.Execute.timeout = 5
c.Execute.iopub_timeout = 10
c.ExecuteContained.memory = 300_000_000
c.ContainedProvisioner.memory = 700_000_000
c.ContainedProvisioner.processes = 100
c.ContainedProvisioner.file_size = 100_000_000
c.ContainedProvisioner.disk = 200_000_000
c.ContainedProvisioner.wall_seconds = 60
"""


def a_course(folder: Path) -> CourseCopy:
    course = CourseCopy(folder, lessons=[])
    (folder / "tmp").mkdir()
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(SETTINGS.format(tmp=str(folder / "tmp"), token=OF_THE_ENVIRONMENT))
    write_source(course.root)
    course.nbgrader("generate_assignment", LESSON)
    course.nbgrader("db", "student", "add", "right", f"--last-name={OF_THE_GRADEBOOK}")
    return course


class Listeners:
    """Sockets of this machine that no submission can reach; who does is counted."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[str] = []
        self.abstract = f"hostile-class-{os.getpid()}"
        self.path = folder / "s"
        self.sockets = {
            "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("0.0.0.0", 0)),  # noqa: S104
            "udp": (socket.AF_INET, socket.SOCK_DGRAM, None),
            "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{self.abstract}"),
            "unix": (socket.AF_UNIX, socket.SOCK_STREAM, str(self.path)),
        }
        self.opened = []
        for name, (family, kind, address) in self.sockets.items():
            listener = socket.socket(family, kind)
            listener.bind(("0.0.0.0", self.port) if address is None else address)  # noqa: S104
            if name == "tcp":
                self.port = listener.getsockname()[1]
            if kind == socket.SOCK_STREAM:
                listener.listen()
            self.opened.append(listener)
            threading.Thread(target=self._listen, args=(name, listener), daemon=True).start()
        self.path.chmod(0o777)

    def _listen(self, name: str, listener: socket.socket) -> None:
        try:
            if name != "udp":
                listener.accept()
            elif not listener.recv(10):
                return
            self.heard.append(name)
        except OSError:
            pass

    def close(self) -> None:
        for listener in self.opened:
            with closing(listener), suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def adopt_orphans(adopt: bool) -> None:
    """Become the parent of whatever our children leave behind, or cease to be."""
    subreaper = 36
    assert ctypes.CDLL(None).prctl(subreaper, int(adopt), 0, 0, 0) == 0


def children() -> set[str]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text("utf-8").split()}


def left_behind(others: set[str], patience: float = 10) -> set[str]:
    """Return the children of ours that go on, beside others, when those that end have ended."""
    end = time.monotonic() + patience
    while (left := children() - others) and time.monotonic() < end:
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(int(pid), os.WNOHANG)
        time.sleep(0.1)
    return left


def tables(course: CourseCopy) -> dict[str, list[tuple]]:
    """Return what the gradebook holds of the course itself, and of who is in it."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        names = [
            name for (name,) in book.execute("select name from sqlite_master where type='table'")
        ]
        kept = [name for name in names if not name.startswith(("grad", "comment", "submitted"))]
        return {name: sorted(book.execute(f"select * from {name}"), key=str) for name in kept}  # noqa: S608


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Grade the honest ones alone."""
    course = a_course(tmp_path_factory.mktemp("alone"))
    release = nbformat.read(course.root / "release" / LESSON / NOTEBOOK, as_version=4)
    for member in HONEST:
        member.submit(release, course.root, {"MARK": OF_ANOTHER})
    course.nbgrader("autograde", LESSON)
    return course


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Grade everybody, and return what was there before and after."""
    course = a_course(tmp_path_factory.mktemp("class"))
    release = nbformat.read(course.root / "release" / LESSON / NOTEBOOK, as_version=4)
    listeners = Listeners(course.folder)
    places = {
        "COURSE": str(course.root),
        "TMP": str(course.folder / "tmp"),
        "PORT": str(listeners.port),
        "ABSTRACT": listeners.abstract,
        "SOCKET": str(listeners.path),
        "MARK": OF_ANOTHER,
    }
    for member in CLASS:
        member.submit(release, course.root, places)
    before = files(course.root / "source") | files(course.root / "release")
    kept, others = tables(course), children()
    adopt_orphans(True)
    try:
        said = course.nbgrader("autograde", LESSON)
        left = left_behind(others)
    finally:
        adopt_orphans(False)
        listeners.close()
    engine = create_engine(f"sqlite:///{course.root / 'gradebook.db'}")
    with engine.connect() as connection:
        records = ledger.load(connection, LESSON)
    engine.dispose()
    return SimpleNamespace(
        course=course,
        said=said,
        records={entry.student: entry for entry in records},
        outcomes=course.outcomes(LESSON),
        before=(before, kept),
        left=left,
        heard=listeners.heard,
    )


def student(member):
    return member.student


@pytest.mark.parametrize("member", CLASS, ids=student)
def test_each_ends_in_its_state_with_a_reason(graded, member):
    entry = graded.records[member.student]
    assert entry.ending.value == member.ending, entry.reason
    assert bool(entry.reason) == (member.ending != "graded")
    assert len(entry.reason) < 500
    assert entry.sandboxed
    if entry.reason:
        assert entry.line in graded.said


@pytest.mark.parametrize("member", CLASS, ids=student)
def test_each_gets_the_points_of_its_answers(graded, member):
    scores = {name: found.score for name, found in graded.outcomes[member.student].items()}
    assert scores == member.scores


@pytest.mark.parametrize("member", HONEST, ids=student)
def test_the_honest_get_what_they_get_alone(graded, alone, member):
    assert graded.outcomes[member.student] == alone.outcomes(LESSON)[member.student]


@pytest.mark.parametrize("member", HOSTILE, ids=student)
def test_no_output_holds_what_is_no_learners_to_see(graded, member):
    path = graded.course.root / "autograded" / member.student / LESSON / NOTEBOOK
    text = path.read_text(encoding="utf-8")
    assert [secret for secret in SECRETS if secret in text] == []
    assert len(text) < 10_000_000


def test_the_course_and_the_rest_of_the_gradebook_are_as_they_were(graded, alone):
    before, kept = graded.before
    root = graded.course.root
    assert files(root / "source") | files(root / "release") == before
    after = tables(graded.course)
    students = {row[0] for row in after.pop("student")}
    kept.pop("student")
    assert after == kept
    assert students == {member.student for member in CLASS}
    assert {path.name for path in root.iterdir()} == {
        "autograded", "gradebook.db", "nbgrader_config.py", "release", "set_aside", "source",
        "submitted",
    }  # fmt: skip


def test_nothing_is_left_behind(graded):
    assert graded.left == set()
    assert list((graded.course.folder / "tmp").iterdir()) == []
    folders = ["/", "/usr", "/etc", "/tmp", "/var/tmp", "/dev/shm", "/home", "/root"]  # noqa: S108
    found = [folder for folder in folders if Path(folder, "hostile-canary").exists()]
    assert found == []
    assert list(graded.course.folder.rglob("hostile-canary")) == []
    assert not [
        path for path in (graded.course.root / "autograded").rglob("*") if path.is_symlink()
    ]


def test_nothing_was_heard_on_the_network(graded):
    assert graded.heard == []


def test_feedback_shows_no_hidden_test_that_was_printed(graded):
    graded.course.nbgrader("generate_feedback", LESSON, "--student=hidden-tests-printed")
    page = graded.course.root / "feedback" / "hidden-tests-printed" / LESSON / "class.html"
    text = page.read_text(encoding="utf-8")
    assert [line for line in HIDDEN if line in text] == []
    assert SOLUTION not in text


@pytest.mark.parametrize("student", ["pages-slow-to-make", "metadata-of-odd-kinds"])
def test_feedback_is_made_of_what_would_take_hours_or_fail(graded, student):
    graded.course.nbgrader("generate_feedback", LESSON, f"--student={student}")
    page = graded.course.root / "feedback" / student / LESSON / "class.html"
    assert "double doubles every value" in page.read_text(encoding="utf-8")


def test_a_second_run_grades_nobody_again(graded):
    before = files(graded.course.root / "autograded")
    graded.course.nbgrader("autograde", LESSON)
    assert files(graded.course.root / "autograded") == before
