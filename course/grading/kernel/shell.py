"""Turn a fork of the warm process into a kernel that is as good as new."""

import logging
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import zmq
from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from traitlets.config import Config

from course.grading.kernel.settings import CHANNELS, Limits

_RESOURCES = {
    resource.RLIMIT_AS: "address_space",
    resource.RLIMIT_FSIZE: "file_size",
    resource.RLIMIT_NOFILE: "open_files",
}


modules: set[str] = set()  # that are there before a kernel is; `%reset` asks for them


class App(IPKernelApp):
    """IPython's kernel, with sockets that the grader has opened.

    It needs no connection file, no heartbeat and no look-out for its parent: it has an init.
    """

    fds: Mapping[str, int] = {}

    def _try_bind_socket(self, s: Any, port: int) -> int:
        """Listen on a socket of the grader's, that is known by its place among the channels."""
        if self.fds:
            s.setsockopt(zmq.USE_FD, self.fds[CHANNELS[port - 1]])
        s.bind(f"ipc://{CHANNELS[port - 1]}")
        return port

    def init_control(self, context: Any) -> None:
        """Make the control channel without a debugger's way into the shell."""
        super().init_control(context)  # type: ignore[no-untyped-call]
        self.debug_shell_socket.close(linger=0)

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Leave out the command line: there is none."""

    def init_connection_file(self) -> None:
        """Leave out the file."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """Leave out the file."""

    def init_crash_handler(self) -> None:
        """Leave out the handler: nobody would see what it prints."""

    def init_heartbeat(self) -> None:
        """Leave out the heartbeat."""

    def init_kernel(self) -> None:
        """Make the kernel without its list of all modules.

        The list is for a debugger that nobody will use; to look at every module would copy the
        memory that they lie in, which costs as much as all the rest of a kernel's start.
        """
        setattr(ipkernel, "sys", SimpleNamespace(modules={}))  # noqa: B010 - not ours to set
        try:
            super().init_kernel()  # type: ignore[no-untyped-call]
        finally:
            setattr(ipkernel, "sys", sys)  # noqa: B010

    def init_code(self) -> None:
        """Run what IPython's settings want run, without a list that would copy much memory."""
        self._run_startup_files()  # type: ignore[no-untyped-call]
        self._run_exec_lines()  # type: ignore[no-untyped-call]
        self._run_exec_files()  # type: ignore[no-untyped-call]
        self.shell.user_ns_hidden.update(self.shell.user_ns)
        self.shell._sys_modules_keys = modules

    def init_poller(self) -> None:
        """Leave out the poller."""


def limit(limits: Limits) -> None:
    """Set the limits that the system itself holds each process to."""
    for which, name in _RESOURCES.items():
        _set(which, getattr(limits, name))
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_CPU, limits.cpu_seconds + 1)
    if os.getppid() == 1:  # elsewhere the user's other processes would count too
        _set(resource.RLIMIT_NPROC, limits.processes + 32)  # so that its init sees the excess


def serve(
    request: Mapping[str, Any],
    home: str,
    fds: Mapping[str, int],
    kernel_class: str,
    ready: Callable[[], None],
) -> None:
    """Be a kernel until told to end.

    Parameters
    ----------
    request : mapping
        What the grader asks for: `key`, `folder`, `environment`.
    home : str
        The learner's home; the folder lies in it.
    fds : mapping of str to int
        The listening sockets, by channel.
    kernel_class : str
        The dotted name of the kernel's class.
    ready : callable
        Called when the kernel can answer.
    """
    folder = f"{home}/{request['folder']}"
    os.environ.update(request["environment"], HOME=home, PWD=folder)
    os.chdir(folder)
    _draw_anew()
    runtime = f"{home}/.local/share/jupyter/runtime/kernel.json"
    launcher = Path(ipkernel.__file__).parents[1] / "ipykernel_launcher.py"
    sys.argv = [str(launcher), "-f", runtime]
    app = App.instance(
        connection_file=runtime,
        transport="ipc",
        session=Session(key=request["key"].encode(), username="learner"),
        log_level=logging.CRITICAL,
        kernel_class=kernel_class,
        config=Config(
            {
                "HistoryManager": {"hist_file": ":memory:"},
                "Kernel": {"_execute_sleep": 0},  # whoever waits for a cell waits for all it says
            }
        ),
        **{f"{name}_port": number for number, name in enumerate(CHANNELS, 1)},
    )
    app.fds = fds
    app.initialize([])
    _meet_shell()
    ready()
    app.start()


def _draw_anew() -> None:
    """Seed NumPy's random numbers, as Python does its own after a fork."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _meet_shell() -> None:
    """Tell libraries that were imported without a shell that there is one now."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")
    inline = sys.modules.get("matplotlib_inline.backend_inline")
    if inline is not None:
        inline._enable_matplotlib_integration()


def _set(which: int, value: int) -> None:
    """Set a limit for good, or a lower one that the system has already."""
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))
