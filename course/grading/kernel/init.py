"""Process 1 of a sandbox: it watches a kernel and all that the kernel starts, and ends them.

Nothing outlives it. It tells the grader, at the other end of a socket, how the kernel ended. Where
there is no sandbox it does the same for its own descendants.
"""

import os
import resource
import select
import signal
import socket
import time
from contextlib import suppress

from course.grading.kernel import system, wire
from course.grading.kernel.settings import Limits, size

TICK = 0.05  # seconds between two looks at what is used
SOCKET = 2**18  # bytes of memory that may wait in one: they are no process's
PAGED = 512  # bytes of memory that one of page table describes at most
INTERRUPT = b"i"  # what the grader sends; that it closes the socket means to end

_PAGE = os.sysconf("SC_PAGE_SIZE")
_CLOCK = os.sysconf("SC_CLK_TCK")


def watch(kernel: int, grader: socket.socket, limits: Limits) -> None:
    """Watch a kernel until it ends, then leave nothing of it and tell why it ended.

    Parameters
    ----------
    kernel : int
        Its process.
    grader : socket.socket
        What the grader sends commands to, and reads the reason from.
    limits : Limits
        What the kernel may use.
    """
    started = time.monotonic()
    system.prctl(system.PR_SET_DUMPABLE, 0)  # or the kernel, the same user, could write to us
    handle = os.pidfd_open(kernel)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    poll.register(grader, select.POLLIN)
    because = ""
    while not because:
        ready = dict(poll.poll(TICK * 1000))
        if grader.fileno() in ready:
            command = grader.recv(1)
            if not command:
                break
            if command == INTERRUPT:
                _interrupt(kernel)
        because = _exceeded(limits, time.monotonic() - started)
        if not because and handle in ready:
            because = _ending(kernel)
        _reap(kernel)
    _end_all()
    if because:
        wire.send(grader, {"ended": because})


def _interrupt(kernel: int) -> None:
    """Send what Ctrl-C sends, to the kernel and the programs that it waits for."""
    with suppress(ProcessLookupError):
        os.killpg(kernel, signal.SIGINT)


def _ending(kernel: int) -> str:
    """Collect a kernel that has ended, and say how."""
    _, status = os.waitpid(kernel, 0)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"ended its process (exit status {code})"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"ended its process ({name})"


def _exceeded(limits: Limits, seconds: float) -> str:
    """Say which limit the processes of this namespace exceed together, if any."""
    if seconds > limits.wall_seconds:
        return f"ran longer than {limits.wall_seconds} s in all"
    threads = 0
    memory = sockets = _sockets() * SOCKET
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    processes = _family()
    for fields in processes.values():
        cpu += sum(map(int, fields[11:15])) / _CLOCK
        threads += int(fields[17])
        memory += int(fields[21]) * _PAGE + int(fields[20]) // PAGED
    if threads > limits.processes:
        return f"started more than {limits.processes} processes and threads"
    if cpu > limits.cpu_seconds:
        return f"used more than {limits.cpu_seconds} s of processor time"
    if memory > limits.memory and sockets + sum(map(_share, processes)) > limits.memory:
        return f"needed more than {size(limits.memory)} of memory"
    return ""


def _sockets() -> int:
    """Return how many sockets there are in this network namespace, where it is a kernel's own."""
    if os.getpid() != 1:
        return 0
    first = _read("/proc/net/sockstat").partition("\n")[0]  # such as `sockets: used 31`
    return int(first.split()[-1]) if first else 0


def _family() -> dict[int, list[str]]:
    """Return what the system says of every process that is ours to watch: `proc(5)`, stat."""
    all_ = {}
    for name in os.listdir("/proc"):  # noqa: PTH208 - twenty times a second
        if name.isdigit() and (fields := _read(f"/proc/{name}/stat").rpartition(")")[2].split()):
            all_[int(name)] = fields
    if os.getpid() == 1:
        del all_[1]
        return all_
    family, found = {os.getpid()}, 0
    while found < len(family):
        found = len(family)
        family |= {pid for pid, fields in all_.items() if int(fields[1]) in family}
    return {pid: all_[pid] for pid in family - {os.getpid()}}


def _share(process: int) -> int:
    """Return a process's memory in bytes, its share only of what it shares with others.

    Forks share most of theirs, but each has page tables of its own. A process that does not let
    itself be looked at has no such excuse.
    """
    tables = _kilobytes(f"/proc/{process}/status", "VmPTE:") or 0
    share = _kilobytes(f"/proc/{process}/smaps_rollup", "Pss:")
    if share is not None:
        return tables + share
    pages = _read(f"/proc/{process}/statm").split()
    return tables + int(pages[1]) * _PAGE if pages else 0


def _kilobytes(path: str, name: str) -> int | None:
    """Return in bytes what the system says of something in kB, if it says it."""
    for line in _read(path).splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return None


def _reap(kernel: int) -> None:
    """Collect processes whose parents have ended; they count as processes until then."""
    while True:
        try:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if found is None or found.si_pid == kernel:
            return
        os.waitpid(found.si_pid, 0)


def _end_all() -> None:
    """End every process of ours, and wait until none is left."""
    while True:
        if os.getpid() == 1:
            with suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        else:
            for process in _family():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _read(path: str) -> str:
    """Return what the system says, or nothing if the process has ended.

    A process may have any bytes for its name, and the system cuts a name where it likes.
    """
    try:
        with open(path, errors="replace") as file:  # noqa: PTH123 - twenty times a second
            return file.read()
    except OSError:
        return ""
