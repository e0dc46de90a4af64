"""What a student's notebook reaches on the machine itself, past the proxy."""

import json
import urllib.error
import urllib.request

import pytest

from tests.course import small_lesson
from tests.course.small_lesson import EAVESDROP, FOLDER, NAME, RIGHT, handed_out
from tests.hub.machine import Visitor

LISTEN = """
import sys, zmq
listener = zmq.Context().socket(zmq.SUB)
listener.connect(sys.argv[1])
listener.subscribe(b"")
print("listening", flush=True)
while True:
    print(b"".join(listener.recv_multipart()), flush=True)
"""
SPEAK = """
import sys
from jupyter_client import BlockingKernelClient
client = BlockingKernelClient(connection_file=sys.argv[1])
client.load_connection_file()
client.start_channels()
client.wait_for_ready()
for _ in range(10):
    client.execute_interactive("print('answer', 42)")
"""


@pytest.fixture(scope="module")
def ada(here):
    """A student whose server runs."""
    ada = Visitor(here, "ada")
    ada.start_server()
    return ada


def key(here, who):
    """Return the key of a server to the hub, as its owner finds it in what he can read."""
    shown = here.run_as(who, "sh", "-c", "cat /proc/[0-9]*/environ").stdout
    (line,) = {line for line in shown.split("\0") if line.startswith("JUPYTERHUB_API_TOKEN=")}
    return line.partition("=")[2]


@pytest.fixture(scope="module")
def token(here, ada):
    """The key of Ben's server."""
    Visitor(here, "ben").start_server()
    return key(here, "ben")


def ask(url, token, method="GET"):
    """Return the status of an answer."""
    headers = {"Authorization": f"token {token}"} if token else {}
    body = b"{}" if method == "POST" else None
    request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def runtime(here, who, pattern):
    """Return the newest of the files in which Jupyter notes its ports."""
    there = here.folder / "home" / who / ".local/share/jupyter/runtime"
    return max(there.glob(pattern), key=lambda path: path.stat().st_mtime)


def server(here, who):
    """Return the address of a server behind the proxy."""
    return json.loads(runtime(here, who, "jpserver-*.json").read_text())["url"].rstrip("/")


def test_the_key_of_a_server_opens_that_server(here, token):
    assert ask(f"{server(here, 'ben')}/api/contents", token) == 200


@pytest.mark.parametrize(
    "door",
    [
        "GET {proxy}/api/routes",
        "POST {proxy}/api/routes/user/{ada}",
        "GET {hub}/users",
        "POST {hub}/users/{ada}/tokens",
        "DELETE {hub}/users/{ada}/server",
        "GET {course}/formgrader/api/assignments",
        "GET {course}/api/contents/source",
        "POST {course}/api/terminals",
        "GET {theirs}/api/contents",
        "POST {theirs}/api/terminals",
    ],
)
def test_and_no_other_door(here, ada, token, door):
    local = "http://127.0.0.1:"
    method, url = door.format(
        proxy=here.settings["MLOPS_PROXY_API"],
        hub=f"{local}{here.settings['MLOPS_HUB_PORT']}/hub/api",
        course=f"{local}{here.settings['MLOPS_FORMGRADER_PORT']}/services/mlops",
        theirs=server(here, "ada"),
        ada=ada.name,
    ).split()
    assert ask(url, token, method) == 403
    assert ask(url, "", method) in (403, 404)  # 404: the page to sign in is not behind this door


def test_nobody_listens_to_the_kernel_of_another(here, ada):
    assert ask(f"{server(here, 'ada')}/api/kernels", key(here, "ada"), "POST") == 201
    kernel = runtime(here, "ada", "kernel-*.json")
    port = json.loads(kernel.read_text())["iopub_port"]
    python = str(here.bin / "python")
    with here.start_as("ben", python, "-c", LISTEN, f"tcp://127.0.0.1:{port}") as listener:
        assert listener.stdout.readline() == "listening\n"
        said = here.run_as("ada", python, "-c", SPEAK, str(kernel))
        listener.terminate()
        heard = listener.stdout.read()
    assert said.stdout.count("answer 42") == 10, said.stderr
    assert heard == ""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("mlops-course check", "6 of 6 points"),
        ("nbgrader validate", "Success! Your notebook passes all the tests."),
        ("jupyter nbconvert --execute --to markdown --stdout", "the answer is 42"),
    ],
)
def test_nor_to_one_that_a_command_starts(here, ada, command, said):
    mine = here.folder / "home/ada" / FOLDER / f"{NAME}.ipynb"
    small_lesson.write(handed_out(RIGHT | {"largest": EAVESDROP}), mine)
    done = here.run_as("ada", *command.split(), str(mine.relative_to(here.folder / "home/ada")))
    assert said in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
