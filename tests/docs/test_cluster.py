"""A Dask cluster by grading.md's own commands and settings, on one machine."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import dask
import pytest
import yaml
from distributed import Client
from distributed.security import Security

from tests.docs.dask_page import PAGE, certify, settings
from tests.docs.pages import commands

HOST = "127.0.0.1"


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """The address of a scheduler with a worker, started in a folder with their certificates."""
    certify(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dask").mkdir()
    (tmp_path / "dask/distributed.yaml").write_text(yaml.safe_dump(settings()))
    scheduler, worker = (
        command.text.split() for command in commands(PAGE) if command.text.startswith("dask ")
    )
    at = tmp_path / "address.json"
    scheduler += ["--host", HOST, "--port", "0", "--scheduler-file", at]
    worker[2:5] = ["--scheduler-file", at, "--nworkers", "1"]
    worker += ["--host", HOST, "--no-dashboard"]
    with ExitStack() as stack:
        for _, *arguments in (scheduler, worker):
            process = subprocess.Popen(
                [Path(sys.executable).with_name("dask"), *arguments],
                env={**os.environ, "DASK_CONFIG": str(tmp_path / "dask")},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            while not at.exists():
                assert process.poll() is None
                time.sleep(0.05)
        yield yaml.safe_load(at.read_text())["address"]


def test_the_settings_of_the_page_let_in_who_has_a_certificate_and_nobody_else(cluster):
    assert cluster.startswith("tls://")
    told = dask.config.merge(dask.config.config, settings())
    with dask.config.set(told), Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=120)
        assert client.submit(sum, [1, 2]).result(timeout=60) == 3
    for address, security in (
        (cluster.replace("tls", "tcp"), None),
        (cluster, Security.temporary()),  # a certificate, but not by their authority
    ):
        with pytest.raises(OSError):
            Client(address, security=security, timeout=5, set_as_default=False)
