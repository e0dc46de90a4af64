"""What the hub says of memory, by a spawner that has no limits and by one that has."""

import re
from pathlib import Path

import pytest
from traitlets.config import Config

from tests.deploy.charts import pod_by
from tests.hub.machine import DEPLOY, Visitor, server_of

LIMIT = 2 * 1024**3  # bytes: what the README asks of the machine for each student


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """What the hub's settings say, of a hub that has no others."""
    monkeypatch.setenv("MLOPS_HUB", str(tmp_path))
    c = Config()
    exec((DEPLOY / "jupyterhub_config.py").read_text(), {"get_config": lambda: c})  # noqa: S102
    return c


def test_a_spawner_that_has_limits_holds_each_server_to_two_gibibytes(settings):
    (container,) = pod_by(settings, "ada")["spec"]["containers"]
    assert container["resources"]["limits"] == {"memory": LIMIT}


def test_a_server_is_told_its_limit_where_nothing_holds_it_to_it(here):
    ada = Visitor(here, "ada")
    ada.start_server()
    server = server_of(ada.name)
    assert server.environ()["MEM_LIMIT"] == str(LIMIT)
    assert re.search("Max address space +unlimited", Path(f"/proc/{server.pid}/limits").read_text())
