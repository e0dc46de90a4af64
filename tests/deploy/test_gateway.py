"""deploy/kubernetes/cluster.py with a real gateway, whose backend are processes of this machine."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.deploy.charts import FOLDER, Values, documents
from tests.grading.class_course import QUICK, RIGHT, WRONG, command, hand_in
from tests.pipeline.course_copy import CourseCopy
from tests.pipeline.tiny_course import LESSON, write_source

BIN = Path(sys.executable).parent
SETTINGS = """
c.DaskGateway.backend_class = "dask_gateway_server.backends.local.UnsafeLocalBackend"
c.DaskGateway.address = "127.0.0.1:{ports[0]}"
c.Proxy.address = "127.0.0.1:{ports[1]}"
c.Proxy.tcp_address = "127.0.0.1:{ports[2]}"
c.UnsafeLocalBackend.clusters_directory = "{folder}"
c.UnsafeLocalBackend.inherited_environment = ["PATH", "HOME", "LANG"]
{commands}
"""


@pytest.fixture
def course(tmp_path):
    course = CourseCopy(tmp_path / "course", lessons=[])
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + QUICK)
    write_source(course.root)
    course.nbgrader("generate_assignment", LESSON)
    hand_in(course, "ana", RIGHT)
    hand_in(course, "ben", WRONG)
    return course


@pytest.fixture
def gateway(tmp_path):
    """A gateway that answers; yields what its clients must be told."""
    servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [server.getsockname()[1] for server in servers]
    for server in servers:
        server.close()
    (tmp_path / "clusters").mkdir()
    ours = Values(*documents("dask-gateway.yaml")).get_config("gateway.extraConfig.commands")
    config = tmp_path / "dask_gateway_config.py"
    config.write_text(SETTINGS.format(ports=ports, folder=tmp_path / "clusters", commands=ours))
    home = tmp_path / "home"
    home.mkdir()
    environment = {"PATH": f"{BIN}:{os.defpath}", "HOME": str(home), "LANG": "C.UTF-8"}
    log = tmp_path / "log"
    with log.open("wb") as out, subprocess.Popen(
        [BIN / "dask-gateway-server", "-f", config],
        env=environment, cwd=tmp_path, stdout=out, stderr=out,
    ) as process:  # fmt: skip
        end = time.monotonic() + 60
        while "GET /api/v1/routes" not in log.read_text():  # its proxy has asked where to go
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        yield {
            "DASK_GATEWAY__ADDRESS": f"http://127.0.0.1:{ports[1]}",
            "DASK_GATEWAY__PROXY_ADDRESS": f"gateway://127.0.0.1:{ports[2]}",
        }
        process.terminate()


def test_a_class_is_graded_by_a_cluster_of_the_gateway(course, gateway):
    _, instructor = command(course)
    environment = instructor["env"] | gateway

    def cluster(*words):
        return subprocess.run(
            [sys.executable, FOLDER / "cluster.py", *words],
            env=environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def grade(address):
        arguments, more = command(course, LESSON, "--force", "--scheduler", address)
        return subprocess.run(arguments, capture_output=True, text=True, timeout=120, **more)

    started = cluster("start", "2")
    assert (started.returncode, started.stderr) == (0, "")
    address = started.stdout.strip()
    try:
        assert address.startswith("tls://")
        settings = course.home("instructor") / ".config/dask"
        assert (settings / "mlops-grading.pem").stat().st_mode & 0o077 == 0
        done = grade(address)
        assert done.returncode == 0, done.stderr
        scores = {who: sum(check.score for check in checks.values())
                  for who, checks in course.outcomes(LESSON).items()}  # fmt: skip
        assert scores == {"ana": 4, "ben": 0}

        settings.rename(settings.with_name("away"))
        stranger = grade(address)  # without the cluster's certificate
    finally:
        stopped = cluster("stop")
    assert stranger.returncode == 2, stranger.stdout
    assert "that can be reached from here" in stranger.stderr
    assert (stopped.returncode, stopped.stderr) == (0, "")


def test_a_wrong_command_line_is_answered_with_a_sentence(tmp_path):
    said = subprocess.run(
        [sys.executable, FOLDER / "cluster.py", "start", "many"], capture_output=True, text=True
    )
    assert said.returncode == 1
    assert said.stderr.startswith("Say `cluster.py start WORKERS`")
