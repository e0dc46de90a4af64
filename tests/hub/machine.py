"""A real JupyterHub on loopback, with accounts of the operating system that the tests make."""

import os
import pwd
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from tests.ports import free_ports

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy/jupyterhub"
LESSON = "01-what-is-mlops"
FORMGRADER = "/services/mlops/formgrader"
PASSWORD = "flights-of-2013"  # noqa: S105 - of accounts that live as long as the test
PEOPLE = ("teacher", "ada", "ben", "cleo", "stranger")  # the last is in no group
PYTHON = "/usr/bin/python3"
IMPORTED = (
    "nbgrader.apps.nbgraderapp, jupyterhub.singleuser, jupyterlab.labapp, notebook.app, anywidget,"
    " ipykernel.kernelapp, matplotlib.pyplot, mlflow, pandas, sklearn.linear_model"
)
PATIENCE = 300  # seconds: a loaded machine is slow, not wrong


@dataclass
class Machine:
    """Accounts, a course, an exchange and a hub.

    Parameters
    ----------
    folder : Path
        Where everything is.
    names : dict of str to str
        The account for "grader" and for each of `PEOPLE`.
    """

    folder: Path
    names: dict[str, str]
    environment: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    url: str = ""

    @property
    def clone(self) -> Path:
        return self.folder / "clone"

    @property
    def bin(self) -> Path:
        return self.folder / "opt/env/bin"

    @property
    def course(self) -> Path:
        return self.folder / "course"

    @property
    def exchange(self) -> Path:
        return self.folder / "exchange"

    def run_as(
        self, who: str, *command: str, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as one of the accounts, in its home if not told otherwise."""
        with self.start_as(who, *command, cwd=cwd) as process:
            stdout, stderr = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)

    def start_as(self, who: str, *command: str, cwd: Path | None = None) -> subprocess.Popen[str]:
        """Start a command as one of the accounts."""
        account = pwd.getpwnam(self.names[who])
        return subprocess.Popen(
            command,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=os.getgrouplist(account.pw_name, account.pw_gid),
            umask=0o022,
            cwd=cwd or account.pw_dir,
            env={**self.environment, "HOME": account.pw_dir, "USER": account.pw_name},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def missing() -> str:
    """Say what this machine lacks for a hub with accounts; nothing if it lacks nothing."""
    if os.geteuid() != 0:
        return "accounts are made by root"
    lacking = [n for n in ("npm", "useradd", "bwrap") if not shutil.which(n)]
    lacking += [] if Path(PYTHON).exists() else [PYTHON]
    return f"not installed: {', '.join(lacking)}" if lacking else ""


@contextmanager
def accounts(homes: dict[str, Path], options: dict[str, list[str]]) -> Iterator[None]:
    """Make accounts by `useradd`, with options more for some; delete them in the end."""
    make = ["useradd", "--create-home", "--shell", "/bin/bash"]
    try:
        for name, home in homes.items():
            more = options.get(name, [])
            subprocess.run([*make, "--home-dir", str(home), *more, name], check=True)
            home.chmod(0o700)
        yield
    finally:
        for name in homes:
            subprocess.run(["userdel", "--force", name], check=False, capture_output=True)


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """Set up a course and a hub as `deploy/jupyterhub` says, and people; end all of it."""
    mark = f"t{os.getpid()}"
    names = {who: f"{mark}-{who}" for who in ("grader", *PEOPLE)}
    groups = {who: f"{mark}-{who}" for who in ("students", "instructors")}
    homes = {names[who]: folder / "home" / who for who in PEOPLE}
    member = {names[who]: ["-G", groups["students"]] for who in ("ada", "ben", "cleo")}
    member[names["teacher"]] = ["-G", groups["instructors"]]
    here = Machine(folder, names)
    here.settings = {
        "MLOPS_OPT": str(folder / "opt"),
        "MLOPS_SRV": str(folder),
        "MLOPS_ETC": str(folder / "etc"),
        "MLOPS_COURSE": str(here.course),
        "MLOPS_HUB": str(folder / "hub"),
        "MLOPS_GRADER": names["grader"],
        "MLOPS_STUDENTS": groups["students"],
        "MLOPS_INSTRUCTORS": groups["instructors"],
    }
    folder.chmod(0o711)
    (folder / "home").mkdir()
    try:
        _clone(here)
        _make_environment(here)
        for _ in range(2):  # as after an update
            set_up(here)
        with accounts(homes, member):
            passwords = "".join(f"{name}:{PASSWORD}\n" for name in homes)
            subprocess.run(["chpasswd"], input=passwords, text=True, check=True)
            with hub(here):
                yield here
    finally:
        subprocess.run(["userdel", "--force", names["grader"]], check=False, capture_output=True)
        for group in groups.values():
            subprocess.run(["groupdel", group], check=False, capture_output=True)


def _clone(here: Machine) -> None:
    """Make a repository of what is to be committed here."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            (here.clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, here.clone / name)
    git = ["git", "-C", here.clone, "-c", "user.name=Grace", "-c", "user.email=grace@example.org"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "add", "--all", "--force"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message=Publish"], check=True)


def _make_environment(here: Machine) -> None:
    """Install quickly what `setup` would install by pip, with the system's Python."""
    uv = [sys.executable, "-m", "uv", "--quiet"]
    place = ["--python", str(here.bin / "python")]
    lock = ROOT / "requirements-hub.lock"
    subprocess.run([*uv, "venv", "--seed", "--python", PYTHON, here.bin.parent], check=True)
    subprocess.run([*uv, "pip", "install", *place, "--require-hashes", "-r", lock], check=True)
    # pip compiles what it installs. Who is not root may not keep what he compiles.
    subprocess.run([here.bin / "python", "-c", f"import {IMPORTED}"], check=True)


def set_up(here: Machine) -> str:
    """Run the script that an administrator runs; return what it said."""
    script = here.clone / "deploy/jupyterhub/setup"
    done = subprocess.run([script], env=os.environ | here.settings, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{done.stdout}\n{done.stderr}")
    # So that a test can ask a page whether its kernel is idle.
    config = here.bin.parent / "etc/jupyter"
    (config / "jupyter_lab_config.json").write_text('{"LabApp": {"expose_app_in_browser": true}}')
    return done.stdout


@contextmanager
def hub(here: Machine, config: str = "etc/jupyterhub/jupyterhub_config.py") -> Iterator[None]:
    """Run the hub, by settings in this file."""
    state = Path(here.settings["MLOPS_HUB"])
    public, own, formgrader, proxy = free_ports(4)
    here.url = f"http://127.0.0.1:{public}"
    here.environment |= {
        "PATH": f"{here.bin}:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
    }
    here.settings |= {
        "MLOPS_URL": here.url,
        "MLOPS_HUB_PORT": str(own),
        "MLOPS_FORMGRADER_PORT": str(formgrader),
        "MLOPS_PROXY_API": f"http://127.0.0.1:{proxy}",
    }
    log = state.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [here.bin / "jupyterhub", f"--config={here.folder / config}"],
            cwd=state, env=here.environment | here.settings, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            _wait_for(lambda: "JupyterHub is now running" in log.read_text(), process, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(is_up, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not is_up():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"The hub did not start:\n{log.read_text()[-4000:]}")
        time.sleep(0.2)


@contextmanager
def instructor(here: Machine, who: str) -> Iterator[None]:
    """Have somebody in the group of instructors for a while."""
    membership = (here.names[who], here.settings["MLOPS_INSTRUCTORS"])
    subprocess.run(["gpasswd", "--add", *membership], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["gpasswd", "--delete", *membership], check=True, capture_output=True)


def server_of(name: str) -> psutil.Process | None:
    """Return the process of somebody's server; None if there is none."""
    for each in psutil.process_iter(["username", "cmdline"]):
        words = " ".join(each.info["cmdline"] or [])  # none: it has ended
        if each.info["username"] == name and "jupyterhub-singleuser" in words:
            return each
    return None


class Visitor:
    """A browser without a screen, signed in as one of the accounts."""

    def __init__(self, here: Machine, who: str, password: str = PASSWORD) -> None:
        self.here, self.name = here, here.names.get(who, who)
        self.cookies = CookieJar()
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        ).open
        self.get("/hub/login")
        self.status, self.page = self.post(
            "/hub/login", {"username": self.name, "password": password, "_xsrf": self._xsrf()}
        )

    def _xsrf(self) -> str:
        return next(
            (
                each.value or ""
                for each in self.cookies
                if each.name == "_xsrf" and "hub" in each.path
            ),
            "",
        )

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        return self._ask(urllib.request.Request(self.here.url + path))  # noqa: S310 - loopback

    def post(self, path: str, data: dict[str, str]) -> tuple[int, str]:
        body = urllib.parse.urlencode(data).encode()
        return self._ask(urllib.request.Request(self.here.url + path, body))  # noqa: S310

    def start_server(self) -> None:
        """Start one's own server, and wait until it is there."""
        self.get("/hub/spawn")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, text = self.get(f"/user/{self.name}/api")
            if status == 200 and "version" in text:
                return
            time.sleep(0.5)
        raise RuntimeError(f"The server of {self.name} did not start.")

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
