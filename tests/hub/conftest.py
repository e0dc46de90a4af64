"""One hub for all tests of it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.machine import LESSON, Machine, machine, missing


@pytest.fixture(scope="session")
def here() -> Iterator[Machine]:
    """A hub whose instructor has released lesson 01."""
    if lacking := missing():
        pytest.skip(lacking)
    # Not among pytest's folders, which are root's alone, and kept: this one takes a gigabyte. Nor
    # in /tmp, of which each sandbox has its own.
    with (
        tempfile.TemporaryDirectory(dir="/srv", prefix="hub-") as folder,
        machine(Path(folder)) as here,
    ):
        for command in ("generate_assignment", "release_assignment"):
            done = here.run_as("grader", "nbgrader", command, LESSON, cwd=here.course)
            assert done.returncode == 0, done.stderr
        yield here
