"""The course's server, told what course.yaml says, beside a real hub, told what values.yaml says.

The hub is on loopback, with one password for all; what a cluster gives both, addresses and the
token, is given here. It has had another term, with an instructor and a student more. As the README
has it, the server is started first, and the course is put into its folder after that.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from warnings import catch_warnings

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.api import Gradebook

from tests.deploy.charts import Values, documents, hub
from tests.hub.machine import Visitor
from tests.pipeline.course_copy import CourseCopy
from tests.pipeline.tiny_course import LESSON, NOTEBOOK, write_source
from tests.ports import free_ports

BIN = Path(sys.executable).parent
RUNS = "JupyterHub is now running"
FORMGRADER = "/services/mlops/formgrader"
SCRIPT = "<script>steal()</script>"
HUB = """
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {token!r}
c.Authenticator.allowed_users = {people!r}
c.Authenticator.allow_existing_users = {existing!r}
c.JupyterHub.load_roles = {roles!r}
c.JupyterHub.services = {services!r}
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_port = {ports[1]}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A hub and the course's server, which both answer."""
    if not shutil.which("configurable-http-proxy"):
        pytest.skip("configurable-http-proxy is not installed: npm install -g it")
    folder = tmp_path_factory.mktemp("service")
    ports, token = free_ports(4), secrets.token_hex(16)
    c = hub(Values(documents("values.yaml")[0], documents("people.yaml")[0]))
    services = [each | {"api_token": secrets.token_hex(16)} for each in c.JupyterHub.services]
    mine = next(each for each in services if each["name"] == "mlops")
    mine |= {"url": f"http://127.0.0.1:{ports[3]}", "timeout": 8}  # seconds that the hub waits
    (folder / "hub").mkdir()

    def settle(people: set[str], instructors: list[str]) -> None:
        roles = [
            role | {"users": instructors} if "users" in role else role
            for role in c.JupyterHub.load_roles
        ]
        (folder / "hub/jupyterhub_config.py").write_text(
            HUB.format(
                token=token,
                people=people,
                existing=c.Authenticator.allow_existing_users,
                roles=roles,
                services=services,
                ports=ports,
            )
        )

    course, volume = CourseCopy(folder / "course", lessons=[]), folder / "volume"
    volume.mkdir()
    here = SimpleNamespace(url=f"http://127.0.0.1:{ports[0]}", names={}, password=token)
    here.submission = hand_in(course)
    root = {"ServerApp": {"allow_root": True}}  # who runs tests may be
    (course.folder / "etc/jupyter_server_config.json").write_text(json.dumps(root))
    (container,) = documents("course.yaml")[0]["spec"]["template"]["spec"]["containers"]
    told = {each["name"]: each.get("value", mine["api_token"]) for each in container["env"]}
    told |= {
        "HOME": str(course.home("grader")),
        "JUPYTER_CONFIG_PATH": str(course.folder / "etc"),
        "JUPYTERHUB_API_URL": f"http://127.0.0.1:{ports[1]}/hub/api",
        "JUPYTERHUB_SERVICE_URL": told["JUPYTERHUB_SERVICE_URL"].replace("9999", str(ports[3])),
    }
    base = {"PATH": f"{BIN}:{os.environ['PATH']}", "LANG": "C.UTF-8"}

    @contextmanager
    def started(
        name: str, command: list[str], cwd: Path, more: dict[str, str]
    ) -> Iterator[Callable[[str], None]]:
        """Start a command; yield what waits until it says something."""
        log = folder / f"{name}.log"
        with (
            log.open("wb") as out,
            subprocess.Popen(command, cwd=cwd, env=base | more, stdout=out, stderr=out) as process,
        ):
            try:
                yield lambda said: wait_for(said, process, log)
            finally:
                process.terminate()

    (now,) = (role["users"] for role in c.JupyterHub.load_roles if "users" in role)
    with ExitStack() as stack:
        course_says = stack.enter_context(started("course", container["args"], volume, told))
        settle({*c.Authenticator.allowed_users, "dan"}, [*now, "ben"])
        with started("hub", ["jupyterhub"], folder / "hub", {}) as hub_says:
            hub_says(RUNS)  # and a server that does not wait for the course would run, too
            shutil.copytree(course.root, volume, dirs_exist_ok=True)
            course_says("is running at")
            here.last_term = Visitor(here, "ben", token).get(FORMGRADER)[0]
            here.signed_in = Visitor(here, "dan", token).status
        settle(set(c.Authenticator.allowed_users), now)
        with started("hub", ["jupyterhub"], folder / "hub", {}) as hub_says:
            hub_says(RUNS)
            yield here


def hand_in(course: CourseCopy) -> str:
    """Have a notebook whose output is a script in the gradebook; return the submission's id."""
    write_source(course.root)
    course.nbgrader("generate_assignment", LESSON)
    output = new_output("display_data", {"text/html": f"<b>Weather</b>{SCRIPT}"})
    graded = course.root / "autograded/ada" / LESSON / NOTEBOOK
    graded.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=[new_code_cell("show()", outputs=[output])]), graded)
    with (
        Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "mlops") as gradebook,
        catch_warnings(action="ignore"),  # nbgrader's own, see nbgrader_config.py
    ):
        gradebook.add_student("ada")
        found: str = gradebook.add_submission(LESSON, "ada").notebooks[0].id
    return found


def wait_for(said: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 90
    while said not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)


def test_an_instructor_opens_formgrader_and_a_terminal_of_the_course(school):
    grace = Visitor(school, "grace", school.password)
    status, page = grace.get(FORMGRADER)
    assert status == 200, page[:500]
    assert "Add new assignment" in page
    status, listed = grace.get("/services/mlops/api/contents")
    assert status == 200
    assert "nbgrader_config.py" in {each["name"] for each in json.loads(listed)["content"]}


def test_nothing_that_a_submission_shows_acts_though_the_server_was_there_before_the_course(school):
    status, page = Visitor(school, "grace", school.password).get(
        f"{FORMGRADER}/submissions/{school.submission}/"
    )
    assert status == 200, page[:500]
    assert "<b>Weather</b>" in page
    assert SCRIPT not in page


def test_a_student_does_not(school):
    status, page = Visitor(school, "ada", school.password).get(FORMGRADER)
    assert status == 403, page[:500]
    assert "Add new assignment" not in page


def test_nobody_comes_in_who_is_not_in_the_list(school):
    assert Visitor(school, "mallory", school.password).status == 403


def test_who_was_an_instructor_is_none_any_more(school):
    assert school.last_term == 200
    assert Visitor(school, "ben", school.password).get(FORMGRADER)[0] == 403


def test_who_is_taken_out_of_the_list_does_not_come_in_again(school):
    assert school.signed_in != 403
    assert Visitor(school, "dan", school.password).status == 403
