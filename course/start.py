"""Open the first lesson in JupyterLab."""

import os
import secrets
import socket
import sys
import webbrowser
from pathlib import Path

from course.lessons import CourseError, lessons


def start(root: Path, port: int = 8888) -> None:
    """Become a JupyterLab that shows the first lesson; it ends with Ctrl-C.

    Parameters
    ----------
    root : Path
        The course's folder.
    port : int
        Where on this machine it listens.

    Raises
    ------
    CourseError
        If the lesson has not been built, or if `port` cannot be had.
    """
    notebook = lessons(root)[0].release
    if not (root / notebook).is_file():
        raise CourseError(f"{notebook.as_posix()} is missing: run `make build` to make it.")
    if not 0 < port < 65536:
        raise CourseError(f"There is no port {port}: choose one from 1024 to 65535.")
    if is_taken(port):
        raise CourseError(
            f"Port {port} is taken, perhaps by a JupyterLab that is already open: "
            f"go on in that one, or run `make start PORT={port + 1}`."
        )
    browser = has_browser()
    token = secrets.token_urlsafe(16)
    url = f"http://localhost:{port}/lab/tree/{notebook.as_posix()}?token={token}"
    print(f"{'Opening' if browser else 'Open this in a browser:'}\n\n    {url}\n")
    print("Ctrl-C in this window stops it.", flush=True)
    command = [sys.executable, "-m", "jupyterlab", str(root / notebook)]
    command += [f"--ServerApp.root_dir={root}", f"--ServerApp.port={port}"]
    command += ["--ServerApp.port_retries=0", f"--ServerApp.open_browser={browser}"]
    command += ["--ServerApp.answer_yes=True"]  # a question after Ctrl-C would be lost under make
    command += ["--ServerApp.allow_root=True"]  # in a container that is who one is
    command += ["--log-level=ERROR", "--LabApp.log_level=ERROR"]
    os.chdir(root)
    os.environ["JUPYTER_TOKEN"] = token  # not on the command line, where all users could read it
    os.execv(sys.executable, command)  # noqa: S606 - its own signals, and no shell to quote for


def is_taken(port: int) -> bool:
    """Tell whether something on this machine listens on `port`."""
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return False
    return True


def has_browser() -> bool:
    """Tell whether a browser can show a window here.

    Without a display, as over ssh, Python would offer one that draws in the terminal.
    """
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & set(os.environ):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
