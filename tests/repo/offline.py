"""A learner's day without a network. `test_binder.py` runs this where there is none.

The folder is the learner's copy of the course, and the programs found first are the learner's.
"""

import json
import os
import re
import resource
import shutil
import socket
import socketserver
import subprocess
import threading
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
from nbgrader.utils import is_solution
from playwright.sync_api import expect

from course.lessons import lessons
from tests.browser.jupyter import PATIENCE, Server, explorer, open_in_lab, run_to, wait_until_up
from tests.lessons.unanswered import surprises

HERE = Path.cwd()
pytestmark = pytest.mark.skipif(
    Path(__file__).parents[2] == HERE, reason="it works in release/: test_binder.py gives it a copy"
)
LESSONS = lessons(HERE)
LIMIT = 2 * 2**30  # bytes: what Binder gives to one person
NO_SUCH_NAME = b"\x81\x83"
LEARNER = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER") and "proxy" not in name.lower()
}


@dataclass
class Lab:
    """What `make start` starts, each of its processes held to the limit."""

    server: Server
    process: psutil.Process

    def kernel(self) -> psutil.Process:
        """The one kernel that runs."""
        (kernel,) = [
            p for p in self.process.children(recursive=True) if "ipykernel_launcher" in p.cmdline()
        ]
        return kernel

    def shut_down(self) -> None:
        """End all kernels."""
        for each in json.load(urllib.request.urlopen(self.server.page("api/kernels"))):  # noqa: S310
            url = self.server.page(f"api/kernels/{each['id']}")
            urllib.request.urlopen(urllib.request.Request(url, method="DELETE")).close()  # noqa: S310


class Names(socketserver.DatagramRequestHandler):
    """A name server that knows no name, and notes those that it is asked for."""

    def handle(self) -> None:
        question = self.rfile.read()
        self.server.asked.append(question[12:].split(b"\0")[0].decode("ascii", "replace"))
        self.wfile.write(question[:2] + NO_SUCH_NAME + question[4:])


@pytest.fixture(scope="module", autouse=True)
def asked():
    """The names whose addresses anybody here has asked for."""
    with socketserver.UDPServer(("127.0.0.1", 53), Names) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever).start()
        yield server.asked
        server.shutdown()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    settings = Path.home() / ".jupyter/jupyter_lab_config.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"LabApp": {"expose_app_in_browser": True}}))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("lab") / "log"
    with (
        log.open("w") as said,
        subprocess.Popen(
            ["make", "start", f"PORT={port}"],
            env=LEARNER,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT)),
        ) as process,
    ):
        try:
            printed = "".join(process.stdout.readline() for _ in range(3))
            token = re.search(r"token=(\S+)", printed)[1]
            server = Server(f"http://127.0.0.1:{port}", token, HERE)
            wait_until_up(server, process, log)
            yield Lab(server, psutil.Process(process.pid))
        finally:
            process.terminate()
    assert "[E " not in log.read_text()
    assert "Installing" not in log.read_text()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_opens_and_runs_from_its_first_cell_to_its_last(
    lesson, lab, page, record_property
):
    released = nbformat.read(lesson.release, as_version=4)
    *_, last = (cell.source for cell in released.cells if cell.cell_type == "code")
    open_in_lab(page, lab.server, lesson.release.as_posix())
    kernel = lab.kernel()
    assert kernel.rlimit(psutil.RLIMIT_AS) == (LIMIT, LIMIT)
    run_to(page, last)
    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    done = nbformat.read(lesson.release, as_version=4)
    assert surprises(done, nbformat.read(lesson.source, as_version=4)) == []
    idle = [c.source for c in done.cells if c.cell_type == "code" and not c.execution_count]
    assert idle == []
    expect(explorer(page)).to_be_attached()
    expect(page.locator(".Toastify__toast")).to_have_count(0)  # as JupyterLab's about its news
    if lesson == LESSONS[0]:
        panel = page.locator(".explorer").last
        panel.get_by_role("button", name="Check my work").press("Enter")
        said = panel.get_by_role("status")
        expect(said).to_contain_text("claims hold. Next is", timeout=PATIENCE * 1000)
    record_property("measured", f"{lesson.folder} in JupyterLab: {memory(lab.process, kernel)}")
    lab.shut_down()


def memory(server, kernel):
    """Say what a server and its kernel take now, and what the kernel took at most."""
    family = [server, *server.children(recursive=True)]
    own, all_ = kernel.memory_full_info().pss, sum(each.memory_full_info().pss for each in family)
    status = Path(f"/proc/{kernel.pid}/status").read_text()
    space, held = (int(size) * 2**10 for size in re.findall(r"Vm(?:Peak|HWM):\s+(\d+) kB", status))
    return (
        f"kernel {own / 2**20:.0f} MiB, with its server {all_ / 2**20:.0f} MiB; the kernel's peak "
        f"was {held / 2**20:.0f} MiB, in an address space of {space / 2**20:.0f} MiB"
    )


def command(*words):
    result = subprocess.run(["mlops-course", *words], env=LEARNER, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def answers(lesson):
    cells = nbformat.read(lesson.release, as_version=4).cells
    return {cell.id: cell.source for cell in cells if is_solution(cell)}


def test_answers_are_checked_and_carried_to_another_session():
    untouched = {lesson: lesson.release.read_bytes() for lesson in LESSONS}
    for lesson in LESSONS:
        shutil.copy(lesson.source, lesson.release)  # all of it answered
        command("check", lesson.name)
    given = [answers(lesson) for lesson in LESSONS]
    command("progress", "export", "mine.json")
    for lesson in LESSONS:
        lesson.release.write_bytes(untouched[lesson])  # as Binder, which keeps nothing
    command("progress", "import", "mine.json")
    assert [answers(lesson) for lesson in LESSONS] == given
    assert "20 of 20" in command("progress")


def test_nobody_asked_for_the_address_of_another_machine(asked):
    assert asked == []
