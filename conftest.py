"""What every test and every doctest runs with."""

import os
import signal

import pytest

collect_ignore = ["course/grading/classroom/deaf.py"]  # it is for forks, not for this process

# Shells that run tests in the background have them, and all that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What takes longest begins first, so that no worker ends up alone with it.
FIRST = [
    "tests/grading/test_hostile.py",
    "tests/lessons/test_attempts.py",
    "tests/hub",
    "tests/repo",
]

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"  # read when a test module imports mlflow


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config, items):
    """Order the tests, and keep together what has something in common: a file, or the one hub."""

    def rank(item):
        path = item.path.relative_to(config.rootpath).as_posix()
        return next((k for k, first in enumerate(FIRST) if path.startswith(first)), len(FIRST))

    items.sort(key=rank)
    for item in items:
        hub = item.path.parent.name == "hub"
        item.add_marker(pytest.mark.xdist_group("hub" if hub else str(item.path)))


@pytest.fixture(scope="session", autouse=True)
def scratch_workspaces(tmp_path_factory):
    """Keep tests, and the kernels that they start, out of the learner's own workspace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLOPS_COURSE_WORKSPACE", str(tmp_path_factory.mktemp("workspaces")))
        yield


@pytest.fixture(autouse=True)
def scratch_workspace_of_a_doctest(request, tmp_path_factory, monkeypatch):
    """Give an example a workspace in which no kernel of an earlier test is still at work."""
    if isinstance(request.node, pytest.DoctestItem):
        monkeypatch.setenv("MLOPS_COURSE_WORKSPACE", str(tmp_path_factory.mktemp("workspaces")))
