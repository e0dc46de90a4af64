"""The warm process: it imports what kernels will need, then forks one for each that is asked for.

It runs in a sandbox of its own, with one thread. The grader talks to it over a socket that listens
from the start: one connection is one kernel, from its request to its end.
"""

import fcntl
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import stat
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import cache
from typing import Any

from course.grading.absent import absent
from course.grading.kernel import init, sandbox, system, wire
from course.grading.kernel.settings import CHANNELS, HOME, Limits

# Kernels that are forked before memory is put in order for quick forks: as many as wait already.
SOON = 2
TRIAL = Limits(*[1 << 30] * len(fields(Limits)))


class WarmError(Exception):
    """Something that was to be imported or called cannot be; the message says what and why."""


def main(listener_fd: int, lifeline_fd: int, text: str) -> None:
    """Serve kernels until the grader is gone.

    Parameters
    ----------
    listener_fd : int
        The socket that listens.
    lifeline_fd : int
        A socket to the grader: it is told whether a sandbox can be made; its end ends us.
    text : str
        As JSON what is `warm.TOLD` of the `Warmth`, and `shown`: what of this machine lies in
        folders that each kernel has its own of.
    """
    settings = json.loads(text)
    sys.path.remove("")  # a kernel puts the working folder where it belongs
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listener, lifeline = socket.socket(fileno=listener_fd), socket.socket(fileno=lifeline_fd)
    if settings["sandboxed"]:
        _become(settings["user"])
        wire.send(lifeline, {"refusal": _try_sandbox(settings["shown"])})
    else:
        wire.send(lifeline, {"refusal": None})
    owner = os.getuid(), os.getgid()
    trouble = ""
    try:
        with _cores(settings["cores"]):  # as libraries remember how many there are
            warm_up(settings["warm"], settings["kernel_class"])
    except WarmError as error:
        trouble = str(error)
    wire.send(lifeline, {"trouble": trouble})
    forked = 0
    cores: dict[int, list[int]] = {}  # of each kernel that runs, by its init
    while _next(listener, lifeline, cores):
        connection, _ = listener.accept()
        share = _share(settings["cores"], cores)
        if trouble:
            wire.send(connection, {"failed": trouble})
        elif (process := _fork(connection, settings["sandboxed"])) > 0:
            cores[process] = share
        elif process == 0:
            listener.close()
            lifeline.close()
            os.sched_setaffinity(0, share)
            _be_init(connection, *owner, settings)
        connection.close()
        forked += 1
        if forked == SOON:  # now, while those kernels are at work
            system.merge_pages()
    os._exit(0)  # there is nothing to tidy up, and somebody waits for this end


def _become(user: int) -> None:
    """Stop being root, whom no limit of processes holds."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        system.prctl(system.PR_SET_DUMPABLE, 1)  # or /proc/self, and our namespaces, are root's


def _try_sandbox(shown: list[str]) -> str | None:
    """Make a sandbox as a kernel's; return why it cannot be made, or None."""
    user, group = os.getuid(), os.getgid()
    ours, theirs = socket.socketpair()
    try:
        process = sandbox.fork()
    except OSError as error:
        return sandbox.why_not(str(error))
    if process == 0:
        ours.close()
        try:
            sandbox.close_doors(user, group, TRIAL, shown)
            theirs.sendall(b"ok")
        except OSError as error:
            theirs.sendall(sandbox.why_not(str(error)).encode())
        finally:
            os._exit(0)
    theirs.close()
    with ours:
        said = b"".join(iter(lambda: ours.recv(4096), b"")).decode()
    os.wait()
    return None if said == "ok" else said or sandbox.why_not("no reason was given")


def warm_up(entries: list[str], kernel_class: str) -> None:
    """Import all that kernels will need, so that nothing is running afterwards.

    Parameters
    ----------
    entries : list of str
        Modules to import, and functions to call, as `"course.flights:load_flights"`.
    kernel_class : str
        The dotted name of the kernels' class.

    Raises
    ------
    WarmError
        If that fails, or leaves a thread running.
    """
    gc.disable()  # what is imported stays: to look for garbage in it would take a sixth of the time
    shell = _import("course.grading.kernel.shell", "its kernels")
    _import(kernel_class.rpartition(".")[0], kernel_class)
    _choose_colours_once()
    from threadpoolctl import threadpool_limits

    for entry in entries:
        module, _, function = entry.partition(":")
        loaded = _import(module, entry)
        # A pool of OpenMP's does not survive a fork, and never returns. What the function itself
        # loads goes by the cores that there are.
        with threadpool_limits(1), _cores(1):
            try:
                if function:
                    getattr(loaded, function)()
            except Exception as error:
                raise WarmError(
                    f"`{entry}` in ContainedProvisioner.warm failed: {_last_line(error)}."
                ) from None
        if left := _written():
            raise WarmError(
                f"`{entry}` in ContainedProvisioner.warm leaves {left} open, in which kernels "
                "would find what others have written: let it close the file, or only read it."
            )
        if threading.active_count() > 1:
            names = ", ".join(t.name for t in threading.enumerate()[1:])
            raise WarmError(
                f"`{entry}` in ContainedProvisioner.warm leaves a thread running ({names}), which "
                "kernels cannot share: name only what starts no threads."
            )
    with absent("debugpy"):  # no kernel will be debugged
        importlib.import_module("ipykernel.debugger")
    with _rehearsal(kernel_class) as rehearsal:
        _render_traceback()
        message, _ = wire.receive(rehearsal)
    os.wait()
    for module in message["modules"] if message else ():
        with suppress(Exception):  # not all that is a module has a name that can be imported
            importlib.import_module(module)
    shell.modules.update(sys.modules)
    gc.freeze()  # a collection in a kernel would write to, and so copy, all that is shared
    gc.enable()


def _written() -> str:
    """Return the path of a file that is open and can be written, if there is one."""
    for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 - of numbers, not of paths
        try:
            kind = os.fstat(number).st_mode
            flags = fcntl.fcntl(number, fcntl.F_GETFL)
        except OSError:  # it was open for that list
            continue
        own = number <= 2  # what this process itself prints, which kernels cannot
        if stat.S_ISREG(kind) and not own and flags & os.O_ACCMODE != os.O_RDONLY:
            return os.readlink(f"/proc/self/fd/{number}")  # noqa: PTH115
    return ""


def _rehearsal(kernel_class: str) -> socket.socket:
    """Start a kernel in a fork, which tells what it had to import."""
    from course.grading.kernel import shell

    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        home = tempfile.mkdtemp()  # here, or all kernels would go on with the same random names
        before = set(sys.modules)
        request = {"folder": "", "environment": {}, "key": ""}

        def tell() -> None:
            shutil.rmtree(home, ignore_errors=True)
            wire.send(theirs, {"modules": [name for name in sys.modules if name not in before]})
            os._exit(0)

        shell.serve(request, home, {}, kernel_class, tell)
    theirs.close()
    return ours


def _choose_colours_once() -> None:
    """Let kernels keep what the colours of a traceback come out as.

    For each error IPython makes the same style and the same formatter anew, which takes more time
    than all the rest of showing it.
    """
    stack_data: Any = importlib.import_module("stack_data")
    formatter: Any = importlib.import_module("pygments.formatters.terminal256").Terminal256Formatter
    stack_data.style_with_executing_node = cache(stack_data.style_with_executing_node)
    set_up, chosen = formatter._setup_styles, {}

    def set_up_once(made: Any) -> None:
        wanted = made.style, made.usebold, made.useunderline, made.useitalic
        if wanted not in chosen:
            set_up(made)
            chosen[wanted] = made.style_string
        made.style_string = chosen[wanted]

    formatter._setup_styles = set_up_once


def _render_traceback() -> None:
    """Show an error as kernels do: the first time, their highlighter compiles its rules."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.core.ultratb import AutoFormattedTB

    theme = InteractiveShell.colors.default_value
    shown = AutoFormattedTB(mode="Context", theme_name=theme)  # type: ignore[no-untyped-call]
    try:
        raise AssertionError
    except AssertionError as error:
        shown.structured_traceback(type(error), error, error.__traceback__)


def _import(module: str, entry: str) -> Any:
    try:
        return importlib.import_module(module)
    except Exception as error:
        raise WarmError(
            f"`{entry}`, named by ContainedProvisioner.warm or kernel_class, cannot be imported in "
            f"the sandbox: {_last_line(error)}. Is its folder in ContainedProvisioner.bind?"
        ) from None


def _last_line(error: Exception) -> str:
    return "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]


@contextmanager
def _cores(count: int) -> Iterator[None]:
    """Have no more than so many cores for a while; 0 for all."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _share(count, {}))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _share(count: int, cores: dict[int, list[int]]) -> list[int]:
    """Return so many of this process's cores, those that the fewest kernels have."""
    used = Counter(core for each in cores.values() for core in each)
    return sorted(os.sched_getaffinity(0), key=lambda core: (used[core], core))[: count or None]


def _next(listener: socket.socket, lifeline: socket.socket, cores: dict[int, list[int]]) -> bool:
    """Wait for a request, and forget kernels that end; return False when the grader has ended."""
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(lifeline, select.POLLIN)
    while True:
        ready = dict(poll.poll(1000))
        try:
            while ended := os.waitpid(-1, os.WNOHANG)[0]:
                cores.pop(ended, None)
        except ChildProcessError:
            pass
        if lifeline.fileno() in ready:
            return False
        if listener.fileno() in ready:
            return True


def _fork(connection: socket.socket, sandboxed: bool) -> int:
    """Fork a kernel's init, into the namespaces of its sandbox; return 0 in it, -1 if it fails."""
    try:
        return sandbox.fork() if sandboxed else os.fork()
    except OSError as error:
        wire.send(connection, {"failed": f"The kernel could not be started ({error})."})
        return -1


def _be_init(connection: socket.socket, user: int, group: int, settings: dict[str, Any]) -> None:
    """Be a kernel's init; never return."""
    try:
        request, fds = wire.receive(connection, len(CHANNELS))
        if request is not None:
            home = _shut_in(user, group, Limits(**request["limits"]), settings)
            _start_kernel(
                connection, request, dict(zip(CHANNELS, fds, strict=True)), home, settings
            )
            if not settings["sandboxed"]:
                shutil.rmtree(home, ignore_errors=True)
    except EOFError:
        pass  # the grader has thought better of it
    except BaseException as error:
        wire.send(connection, {"failed": f"The kernel could not be started ({error!r})."})
    finally:
        os._exit(0)


def _shut_in(user: int, group: int, limits: Limits, settings: dict[str, Any]) -> str:
    """Make the rest of the sandbox, if there is to be one; return the learner's home."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    os.close(null)
    if not settings["sandboxed"]:
        system.prctl(system.PR_SET_CHILD_SUBREAPER, 1)
        return tempfile.mkdtemp(prefix="learner-")
    sandbox.close_doors(user, group, limits, settings["shown"])
    return HOME


def _start_kernel(
    connection: socket.socket,
    request: dict[str, Any],
    fds: dict[str, int],
    home: str,
    settings: dict[str, Any],
) -> None:
    """Fork the kernel and watch it to its end."""
    files = [(name, wire.exactly(connection, count)) for name, count in request["files"]]
    limits = Limits(**request["limits"])
    inside, outside = socket.socketpair()
    kernel = os.fork()
    if kernel == 0:
        os.setsid()
        connection.close()
        inside.close()
        _run(request, files, fds, home, limits, settings["kernel_class"], outside)
    outside.close()
    for fd in fds.values():
        os.close(fd)
    files.clear()
    with inside:
        message, _ = wire.receive(inside)
    wire.send(connection, message or {"failed": "The kernel ended while it was being started."})
    init.watch(kernel, connection, limits)


def _run(
    request: dict[str, Any],
    files: list[tuple[str, bytes]],
    fds: dict[str, int],
    home: str,
    limits: Limits,
    kernel_class: str,
    outside: socket.socket,
) -> None:
    """Be the kernel; never return."""
    from course.grading.kernel import shell

    def ready() -> None:
        wire.send(outside, {"ready": True, "sandboxed": os.getppid() == 1})
        outside.close()

    status = 1
    try:
        shell.limit(limits)
        write_files(f"{home}/{request['folder']}", files)
        files.clear()
        shell.serve(request, home, fds, kernel_class, ready)
        status = 0
    except BaseException as error:
        if outside.fileno() >= 0:
            wire.send(outside, {"failed": f"The kernel could not be started ({error!r})."})
    finally:
        os._exit(status)


def write_files(folder: str, files: list[tuple[str, bytes]]) -> None:
    """Write a submission's files into a new folder."""
    os.makedirs(folder)  # noqa: PTH103
    for name, content in files:
        path = f"{folder}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(content)
