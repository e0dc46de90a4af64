"""What every test and every doctest runs with."""

import os
import signal

import pytest

collect_ignore = ["course/grading/classroom/forker.py"]  # it is for forks, not for this process

# Shells that run tests in the background have them, and all that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What takes longest begins first, so that no worker ends up alone with it.
FIRST = [
    "tests/grading/test_hostile.py",
    "tests/lessons/test_attempts.py",
    "tests/hub",
    "tests/docs",
    "tests/repo",
]

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"  # read when a test module imports mlflow


def pytest_collection_modifyitems(config, items):
    """Order the tests."""

    def rank(item):
        path = item.path.relative_to(config.rootpath).as_posix()
        return next((k for k, first in enumerate(FIRST) if path.startswith(first)), len(FIRST))

    items.sort(key=rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Let one worker run a file, and all tests of the hub, which is made once."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return "tests/hub" if nodeid.startswith("tests/hub/") else super()._split_scope(nodeid)

    return Scheduling(config, log)


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
