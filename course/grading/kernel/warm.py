"""The grader's side: start the warm process, ask it for kernels, and hear how they ended."""

import atexit
import fcntl
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from course.grading.kernel import bubble, sandbox, wire
from course.grading.kernel.init import INTERRUPT
from course.grading.kernel.settings import CHANNELS, Limits, Warmth

# Short, and not where TMPDIR says: the path of a Unix socket has at most 107 bytes.
PLACE = "/tmp"  # noqa: S108
PREFIX = "kernels-"
TOLD = ("warm", "kernel_class", "user", "cores", "sandboxed")  # of the warmth, to the process
FROM_OUTSIDE = "was ended from outside (is the machine out of memory?)"
LOST = "The warm process ended before it could fork a kernel"


class KernelError(RuntimeError):
    """A kernel could not be started; the message is for the instructor."""


class Warm:
    """A warm process: one that this process has started, or one that it was told of.

    Parameters
    ----------
    folder : Path
        A private folder for sockets.
    path : str
        The socket that the warm process listens to.

    Examples
    --------
    `start` returns at once; the first kernel waits until all is imported::

        warm = Warm.start(warmth)
        kernel = warm.kernel(limits, "01-lesson", {}, {}, key, 60)
    """

    def __init__(self, folder: Path, path: str) -> None:
        self.folder = folder
        self.path = path
        self._lock = _locked(folder)
        self._owner = os.getpid()
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline: socket.socket | None = None
        self._refusal: str | bool | None = False  # False: not heard yet
        self._trouble: str | None = None  # not heard yet
        self._count = 0
        atexit.register(self.close)

    @classmethod
    def start(cls, warmth: Warmth) -> "Warm":
        """Start a warm process, which ends when this one does."""
        folder = _private_folder()
        warm = cls(folder, str(folder / "warm"))
        if warmth.sandboxed and (refusal := bubble.refusal(warmth)):
            warm._refusal = refusal
            return warm
        listener = _listen(warm.path)
        warm._lifeline, theirs = socket.socketpair()
        user = warmth.user if os.getuid() == 0 else os.getuid()
        group = warmth.user if os.getuid() == 0 else os.getgid()
        files = bubble.synthetic(user, group) if warmth.sandboxed else {}
        data = {path: _held(text) for path, text in files.items()}
        settings = {
            "shown": bubble.shown(warmth),
            **{key: asdict(warmth)[key] for key in TOLD},
        }
        program = (
            "from course.grading.kernel.zygote import main; "
            f"main({listener.fileno()}, {theirs.fileno()}, {json.dumps(settings)!r})"
        )
        command = [sys.executable, "-c", program]
        if warmth.sandboxed:
            command = [*bubble.command(warmth, data), *command]
        with (folder / "log").open("wb") as log:
            warm._process = subprocess.Popen(  # noqa: S603
                command,
                env=bubble.environment(warmth),
                pass_fds=(listener.fileno(), theirs.fileno(), *data.values()),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the grader
                cwd="/",
            )
        listener.close()
        theirs.close()
        for fd in data.values():
            os.close(fd)
        return warm

    @classmethod
    def connect(cls, path: str) -> "Warm":
        """Use a warm process that another grading process of this machine has started."""
        warm = cls(_private_folder(), path)
        warm._refusal, warm._trouble = None, ""
        return warm

    @property
    def refusal(self) -> str | None:
        """Why a sandbox cannot be made here, in a sentence with the cure; None if it can."""
        if self._refusal is False:
            assert self._lifeline is not None  # noqa: S101
            try:
                message, _ = wire.receive(self._lifeline)
            except (OSError, EOFError):
                message = None
            self._refusal = message["refusal"] if message else sandbox.why_not(self._said())
        assert not isinstance(self._refusal, bool)  # noqa: S101
        return self._refusal

    @property
    def trouble(self) -> str:
        """What could not be imported or called, in a sentence; empty if all was.

        Waits until that is known.
        """
        if self._trouble is None:
            if self.refusal:
                return ""
            assert self._lifeline is not None  # noqa: S101
            try:
                message, _ = wire.receive(self._lifeline)
            except (OSError, EOFError):
                message = None
            self._trouble = message["trouble"] if message else f"{LOST} ({self._said()})."
        return self._trouble

    def kernel(
        self,
        limits: Limits,
        folder: str,
        files: Mapping[str, bytes],
        environment: Mapping[str, str],
        key: str,
        patience: int,
    ) -> "Kernel":
        """Ask for a kernel.

        Parameters
        ----------
        limits : Limits
            What it may use.
        folder : str
            The name of its working folder.
        files : mapping of str to bytes
            What lies there, by paths relative to it.
        environment : mapping of str to str
            Environment variables beside those of all kernels.
        key : str
            What messages are signed with.
        patience : int
            Seconds that the warm process may take to hear all that.

        Returns
        -------
        Kernel
            It may not answer yet.

        Raises
        ------
        KernelError
            If there is no sandbox, or no warm process.
        """
        if self.refusal:
            raise KernelError(self.refusal)
        self._count += 1
        place = self.folder / str(self._count)
        place.mkdir()
        listeners = [_listen(f"{place}/k-{number}") for number in range(1, len(CHANNELS) + 1)]
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(patience)
            connection.connect(self.path)
            request = {
                "limits": asdict(limits),
                "folder": folder,
                "environment": dict(environment),
                "key": key,
                "files": [(name, len(content)) for name, content in files.items()],
            }
            wire.send(connection, request, tuple(sock.fileno() for sock in listeners))
            for content in files.values():
                connection.sendall(content)
            connection.settimeout(None)
        except OSError:
            failure = _farewell(connection) or f"{LOST} ({self._said()})."
            connection.close()
            raise KernelError(failure) from None
        finally:
            for sock in listeners:
                sock.close()
        return Kernel(connection, place)

    def dismiss(self) -> None:
        """Let the warm process end, if it is ours; `close` waits until it has."""
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline = None

    def close(self) -> None:
        """End the warm process, if it is ours, and with it all of its kernels."""
        if os.getpid() != self._owner:  # a fork of the grader, to whom nothing belongs
            return
        atexit.unregister(self.close)
        self.dismiss()
        if self._process is not None:
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
        self._lock = -1

    @property
    def lost(self) -> bool:
        """Whether the warm process has ended, though we have not ended it."""
        return self._process is not None and self._process.poll() is not None

    def _said(self) -> str:
        """Return what the warm process printed last."""
        try:
            lines = (self.folder / "log").read_text("utf-8", "replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else "it said nothing"


class Kernel:
    """A kernel that was asked for.

    Parameters
    ----------
    connection : socket.socket
        To its init; closing it ends the kernel.
    place : Path
        The folder of its sockets.
    """

    def __init__(self, connection: socket.socket, place: Path) -> None:
        self.connection = connection
        self.place = place
        self.started = False
        self.sandboxed = True
        self.ended = False
        self.because = ""
        self.failure = ""
        self._asked = False

    @property
    def address(self) -> str:
        """What the paths of its sockets begin with."""
        return str(self.place / "k")

    def has_news(self) -> bool:
        """Tell whether its init has said something that was not heard yet."""
        poll = select.poll()
        poll.register(self.connection, select.POLLIN)
        return bool(poll.poll(0))

    def hear(self) -> None:
        """Take note of the next thing that its init says."""
        try:
            message, _ = wire.receive(self.connection)
        except (OSError, EOFError):
            message = None
        if message is None:
            self.ended = True
            if not (self._asked or self.because or self.failure):
                self.because = FROM_OUTSIDE
        else:
            self.started = self.started or "ready" in message
            self.sandboxed = message.get("sandboxed", self.sandboxed)
            self.ended = "ended" in message
            self.failure = message.get("failed", self.failure)
            self.because = message.get("ended", self.because)

    def interrupt(self) -> None:
        """Do what Ctrl-C does."""
        self._tell(INTERRUPT)

    def end(self) -> None:
        """End it, and all that it started; `hear` says when that is done."""
        self._asked = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)

    def clean(self) -> None:
        """Remove its sockets."""
        self.connection.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def _tell(self, command: bytes) -> None:
        with suppress(OSError):
            self.connection.send(command)


def _farewell(connection: socket.socket) -> str:
    """Return why the warm process did not want to hear a request, if it said so."""
    try:
        message, _ = wire.receive(connection)
    except (OSError, EOFError):
        return ""
    return str(message.get("failed", "")) if message else ""


def _private_folder() -> Path:
    """Make a folder for sockets, and remove those of graders that were killed."""
    for left in Path(PLACE).glob(f"{PREFIX}*"):
        with suppress(OSError):
            old = time.time() - left.stat().st_mtime > 60  # a younger one may not be locked yet
            if old and left.stat().st_uid == os.getuid():
                os.close(_locked(left))
                shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=PLACE))


def _locked(folder: Path) -> int:
    """Open and lock a folder, as long as this process lives; raise OSError if another has."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(fd)
        raise
    return fd


def _listen(path: str) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX)
    sock.bind(path)
    sock.listen(128)
    return sock


def _held(text: str) -> int:
    """Return an open file that holds a text."""
    with tempfile.TemporaryFile() as file:
        file.write(text.encode())
        file.seek(0)
        return os.dup(file.fileno())
