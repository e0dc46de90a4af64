"""One hub for all tests of it."""

from collections.abc import Iterator

import pytest

from tests.hub.machine import LESSON, Machine, machine, missing


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A hub whose instructor has released lesson 01."""
    if lacking := missing():
        pytest.skip(lacking)
    with machine(tmp_path_factory.mktemp("hub")) as here:
        for command in ("generate_assignment", "release_assignment"):
            done = here.run_as("grader", "nbgrader", command, LESSON, cwd=here.course)
            assert done.returncode == 0, done.stderr
        yield here
