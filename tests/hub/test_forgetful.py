"""A hub with another authenticator, which forgets within a second who somebody is."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest

from tests.hub.machine import FORMGRADER, LESSON, Visitor, hub, instructor


@pytest.fixture(scope="module")
def there(here):
    """A hub whose authenticator believes everybody; it and Formgrader forget within a second."""
    config = here.folder / "etc/jupyterhub/jupyterhub_config.py"
    ours, another = (f"import {kind}Authenticator as" for kind in ("PAM", "Dummy"))
    assert config.read_text().count(ours) == 1
    changed = config.read_text().replace(ours, another)
    forget = 'c.JupyterHub.services[0]["command"] += ["--HubOAuth.cache_max_age=1"]\n'
    (here.folder / "another.py").write_text(changed + forget)
    (here.folder / "another-hub").mkdir(mode=0o700)
    own = "c = get_config()\nc.Authenticator.auth_refresh_age = 1\n"
    (here.folder / "another-hub/authenticator.py").write_text(own)
    settings = here.settings | {"MLOPS_HUB": str(here.folder / "another-hub")}
    there = replace(here, settings=settings, environment=dict(here.environment))
    with hub(there, "another.py"):
        yield there


def test_another_authenticator_is_one_line(there):
    """The groups still say who may what."""
    assert Visitor(there, "ada", "whatever").get(FORMGRADER)[0] == 403
    assert Visitor(there, "teacher", "whatever").get(FORMGRADER)[0] == 200
    assert Visitor(there, "grader", "whatever").status == 403
    ada = Visitor(there, "ada", "whatever")
    assert "Sign in" not in ada.get("/hub/home")[1]
    with instructor(there, "stranger"):
        stranger = Visitor(there, "stranger", "whatever")
        assert "Sign in" not in stranger.get("/hub/home")[1]
    for _ in range(2):  # the groups are taken away, and then there is none
        time.sleep(1.1)
        page = stranger.get("/hub/home")[1]
    assert "Sign in" in page, page[:500]
    with closing(sqlite3.connect(there.folder / "another-hub/jupyterhub.sqlite")) as state:
        members = state.execute(
            "SELECT g.name FROM user_group_map m JOIN groups g ON g.id = m.group_id"
            " JOIN users u ON u.id = m.user_id WHERE u.name = ?", (stranger.name,),
        ).fetchall()  # fmt: skip
    assert members == []


@pytest.mark.parametrize("who", ["cleo", "stranger"])  # then a student, then in no group
def test_who_is_no_instructor_any_more_loses_formgrader_where_it_is_open(there, who):
    pages = {FORMGRADER: "Add new assignment", f"{FORMGRADER}/api/assignments": LESSON}
    with instructor(there, who):
        visitor = Visitor(there, who, "whatever")
        for _ in range(2):
            assert all(content in visitor.get(path)[1] for path, content in pages.items())
            time.sleep(3)  # all is forgotten, and asked for again
    time.sleep(3)
    for path, content in pages.items():
        assert content not in visitor.get(path)[1]
