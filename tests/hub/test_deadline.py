"""A hundred students hand in within the same minute, while the instructor collects."""

import os
import pwd
import random
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.hub.machine import accounts

LESSON = "07-model-versioning"
STUDENTS, TWICE = 100, 10
RUSH = Path(__file__).with_name("rush.py")


@pytest.fixture(scope="module")
def students(here):
    """Accounts whose homes hold a lesson, each with files of its own."""
    names = {
        f"t{os.getpid()}-{number:03}": here.folder / f"home/{number:03}"
        for number in range(STUDENTS)
    }
    for command in ("generate_assignment", "release_assignment"):
        done = here.run_as("grader", "nbgrader", command, LESSON, cwd=here.course)
        assert done.returncode == 0, done.stderr
    with accounts(names, {name: ["--no-user-group"] for name in names}):  # faster
        for number, (name, home) in enumerate(names.items()):
            work = home / LESSON
            shutil.copytree(here.course / "release" / LESSON, work)
            (work / "note.txt").write_text("first")
            (work / "parts").mkdir()
            chance = random.Random(number)  # noqa: S311 - not a secret
            for part in range(20):
                data = chance.randbytes(chance.randrange(100_000))
                (work / f"parts/{part}.bin").write_bytes(data)
            for path in (work, *work.rglob("*")):
                shutil.chown(path, name, pwd.getpwnam(name).pw_gid)
        yield names


def files(folder):
    """Return what a student has, or what was collected, but for what nbgrader adds to it."""
    added = {"timestamp.txt", "submission_secret.txt"}
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in added
    }


def collect(here, *more):
    done = here.run_as("grader", "nbgrader", "collect", LESSON, *more, cwd=here.course)
    assert done.returncode == 0, done.stderr
    return {path.parent.name: path for path in (here.course / "submitted").glob(f"*/{LESSON}")}


def test_a_hundred_hand_in_within_a_minute_and_nothing_is_lost(here, students, record_property):
    inbound = here.exchange / "mlops/inbound"
    command = [here.bin / "python", RUSH, LESSON, str(TWICE), *students]
    log = here.folder / "rush.log"
    rounds = 0
    with log.open("w") as out:
        rush = subprocess.Popen(command, env=here.environment, umask=0o022, stdout=out, stderr=out)
        try:
            while rush.poll() is None:
                collect(here, "--update")
                rounds += 1
        finally:
            rush.terminate()
            rush.wait()
    *complaints, took = log.read_text().splitlines()
    assert not complaints
    assert float(took) < 60

    # Who was collected when a part only was there would not be collected again.
    collected = collect(here, "--update")
    assert collected.keys() == students.keys()
    assert len(list(inbound.glob(f"*+{LESSON}+*"))) == STUDENTS + TWICE
    assert not list(inbound.glob(".*"))
    seconds = Counter()
    for number, (name, home) in enumerate(students.items()):
        theirs = files(home / LESSON)
        assert theirs["note.txt"] == (b"second" if number < TWICE else b"first")
        assert files(collected[name]) == theirs
        said = (collected[name] / "timestamp.txt").read_text()
        when = datetime.strptime(said, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC).timestamp()
        before, after = map(float, (home / "when.txt").read_text().split())
        assert before <= when <= after
        seconds[int(when)] += 1
    record_property(
        "measured",
        f"{STUDENTS} students handed in within {took} s, up to {max(seconds.values())} of"
        f" them in the same second; the instructor collected {rounds} times meanwhile",
    )
