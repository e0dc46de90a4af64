"""`make start`, from the environment on: JupyterLab opens on lesson 01."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from course.lessons import CourseError
from course.start import start
from tests.lessons import demo
from tests.pipeline.course_copy import copy_repository, lend_environment

ROOT = Path(__file__).parents[2]
COMMAND = [str(Path(sys.executable).with_name("mlops-course")), "start", "--port"]
OURS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "PYTHON", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
NO_DISPLAY = {name: value for name, value in os.environ.items() if name not in OURS}


@pytest.fixture
def port():
    with socket.create_server(("localhost", 0)) as server:
        return server.getsockname()[1]


def answer(url, seconds=60):
    """Return what a server that is about to start answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(url, timeout=10).read().decode()  # noqa: S310 - ours
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_without_a_display_the_address_is_printed_and_opens_lesson_01(tmp_path, port):
    """By `make start`, which ends as its server does."""
    copy_repository(tmp_path, without=("tests/",))
    lend_environment(tmp_path, Path(sys.prefix), "requirements-dev.lock")
    with subprocess.Popen(
        ["make", "start", f"PORT={port}"],
        cwd=tmp_path,
        env=NO_DISPLAY,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            printed = "".join(process.stdout.readline() for _ in range(3))
            url = re.search(r"http://localhost:\S+", printed)[0]
            page = answer(url)
            listing = answer(url.replace("/lab/tree/", "/api/contents/") + "&content=0")
        finally:
            for server in psutil.Process(process.pid).children():
                server.terminate()
            process.wait(timeout=30)
    assert "Open this in a browser" in printed
    assert "release/01-what-is-mlops/what-is-mlops.ipynb" in page
    assert '"type": "notebook"' in listing
    assert process.returncode == 0


def test_a_port_that_is_taken_is_a_sentence_with_a_way_out():
    with socket.create_server(("localhost", 0)) as server:
        port = server.getsockname()[1]
        command = [*COMMAND, str(port)]
        result = subprocess.run(command, cwd=ROOT, env=NO_DISPLAY, capture_output=True, text=True)
    assert result.returncode == 2
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith(f"Port {port} is taken")
    assert f"make start PORT={port + 1}" in sentence


def test_a_port_that_cannot_be_is_refused():
    with pytest.raises(CourseError, match="no port 99999"):
        start(ROOT, 99999)


def test_a_lesson_that_was_not_built_is_a_sentence(tmp_path, port):
    with pytest.raises(CourseError, match="make build"):
        start(demo.course(tmp_path), port)
