"""A gradebook on a PostgreSQL server serves as SQLite's does; the server is started here."""

import json
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from nbgrader.api import Gradebook

from course.grading.ledger import TABLE
from tests.grading.class_course import (
    DUE,
    LATE,
    RIGHT,
    WRONG,
    command,
    files,
    grade,
    gradebook,
    hand_in,
    make_course,
    records_match,
    rows,
)
from tests.pipeline.tiny_course import LESSON
from tests.ports import free_ports


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, where Debian or anybody else has put it."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")), shutil.which("initdb")]
    return Path(found[0]).parent if found[0] else None


@pytest.fixture(scope="module")
def server():
    """A server that asks for a password, on loopback; yields the address of a database."""
    if not (bin_folder := programs()):
        pytest.skip("PostgreSQL is not installed")
    user, password = {}, secrets.token_hex(8)
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        if os.geteuid() == 0:  # the server refuses to run as root
            who = pwd.getpwnam("postgres")
            os.chown(name, who.pw_uid, who.pw_gid)
            user = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}

        def run(program, *arguments):
            done = subprocess.run(
                [bin_folder / program, *arguments],
                cwd=name,
                env={**os.environ, "PGPASSWORD": password},
                capture_output=True,
                text=True,
                **user,
            )
            assert done.returncode == 0, done.stdout + done.stderr

        data = f"{name}/data"
        word = Path(name, "password")
        word.write_text(password, encoding="utf-8")
        asks = ["-U", "postgres", "-A", "scram-sha-256", f"--pwfile={word}"]
        run("initdb", "-D", data, *asks, "-E", "UTF8", "--no-sync")
        address = ["-h", "127.0.0.1", "-p", str(port := free_ports(1)[0])]
        options = f"-k {name} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", data, "-l", f"{name}/log", "-w", "-o", options, "start")
        try:
            run("createdb", *address, "-U", "postgres", "gradebook")
            yield f"postgresql://postgres:{password}@127.0.0.1:{port}/gradebook"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def hand_in_all(course):
    """Let three students hand something in."""
    hand_in(course, "ana", RIGHT, essay="Because.")
    late = hand_in(course, "late", RIGHT)
    (late / "timestamp.txt").write_text(LATE, encoding="utf-8")
    hand_in(course, "ben", WRONG, essay="Say why.")


@pytest.fixture(scope="module")
def course(server, tmp_path_factory):
    """A course whose gradebook is on the server, from its first command on."""
    course = make_course(
        tmp_path_factory.mktemp("postgres"), f"c.CourseDirectory.db_url = {server!r}"
    )
    course.nbgrader("db", "assignment", "add", LESSON, f"--duedate={DUE} UTC")
    hand_in_all(course)
    done = grade(course)
    assert done.returncode == 1, done.stderr
    assert not (course.root / "gradebook.db").exists()
    return course


def test_what_is_recorded_is_what_sqlite_holds(course, server, tmp_path):
    other = make_course(tmp_path)
    other.nbgrader("db", "assignment", "add", LESSON, f"--duedate={DUE} UTC")
    hand_in_all(other)
    assert grade(other).returncode == 1
    expected, found = rows(gradebook(other)), rows(server)
    for name in expected:
        assert found[name] == expected[name], name
    assert files(course).keys() == files(other).keys()
    assert records_match(course, server)


def test_marks_by_hand_survive_another_grading(course, server):
    with Gradebook(server, "mlops") as book:
        book.find_grade("double-check-values", "tiny", LESSON, "ben").manual_score = 1
        book.find_comment("double", "tiny", LESSON, "ben").manual_comment = "Nearly."
        book.db.commit()
    hand_in(course, "ben", RIGHT, essay="Because of that.")
    assert grade(course).returncode == 1
    with Gradebook(server, "mlops") as book:
        again = book.find_grade("double-check-values", "tiny", LESSON, "ben")
        assert (again.auto_score, again.manual_score, again.needs_manual_grade) == (2, 1, True)
        assert book.find_comment("double", "tiny", LESSON, "ben").comment == "Nearly."


def test_a_gradebook_in_use_is_waited_for(course, server):
    with closing(psycopg2.connect(server)) as other:
        other.autocommit = True
        with other.cursor() as cursor:
            cursor.execute("ALTER DATABASE gradebook SET lock_timeout = '1s'")
            cursor.execute(f"BEGIN; LOCK TABLE {TABLE} IN EXCLUSIVE MODE")
            arguments, more = command(course, LESSON, "--force", "--json")
            with subprocess.Popen(
                arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", **more
            ) as process:
                said = next(line for line in process.stderr if "waiting for it" in line)
                cursor.execute("COMMIT; ALTER DATABASE gradebook RESET lock_timeout")
                result = json.loads(process.communicate()[0])
    assert "Another program holds the gradebook" in said
    assert process.returncode == 1
    assert result["counts"]["could not run"] == 0
    assert records_match(course, server)


def test_stock_autograde_and_feedback_work_on_what_was_recorded(course, server):
    before = rows(server)
    course.nbgrader("autograde", LESSON, "--force")
    after = rows(server)
    assert after == before
    course.nbgrader("generate_feedback", LESSON)
    assert (course.root / "feedback" / "ana" / LESSON / "tiny.html").is_file()
