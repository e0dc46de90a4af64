"""What every test and every doctest runs with."""

import os

import pytest

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"  # read when a test module imports mlflow


@pytest.fixture(scope="session", autouse=True)
def scratch_workspaces(tmp_path_factory):
    """Keep tests, and the kernels that they start, out of the learner's own workspace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLOPS_COURSE_WORKSPACE", str(tmp_path_factory.mktemp("workspaces")))
        yield
