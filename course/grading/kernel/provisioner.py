"""The part of Jupyter that starts and ends contained kernels, with all their settings."""

import asyncio
import os
import signal
import stat
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Bool, Dict, Integer, List, Unicode
from traitlets.config import Config

from course.grading.kernel.sandbox import INODE
from course.grading.kernel.settings import GIB, MIB, Limits, Warmth, size
from course.grading.kernel.warm import Kernel, KernelError, Warm

PASSED_ON = ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING")

_shared: dict[tuple[int, Warmth], Warm] = {}


class ContainedProvisioner(KernelProvisionerBase):
    """Start kernels that are forked from a warm process, each in a sandbox of its own."""

    memory = Integer(
        2 * GIB,
        min=64 * MIB,
        help="Bytes of memory that a kernel and its children may need in all.",
    ).tag(config=True)
    address_space = Integer(
        8 * GIB, min=256 * MIB, help="Bytes of address space of one process; more is a MemoryError."
    ).tag(config=True)
    processes = Integer(256, min=16, help="Processes and threads at a time.").tag(config=True)
    file_size = Integer(256 * MIB, min=0, help="Bytes of one file.").tag(config=True)
    disk = Integer(
        512 * MIB, min=MIB, help="Bytes of all files that a kernel writes; they are kept in memory."
    ).tag(config=True)
    open_files = Integer(1024, min=64, help="Open files of one process.").tag(config=True)
    cpu_seconds = Integer(
        300, min=1, help="Seconds of processor time of a kernel and its children in all."
    ).tag(config=True)
    wall_seconds = Integer(300, min=1, help="Seconds from the start of a kernel to its end.").tag(
        config=True
    )
    warm = List(
        Unicode(),
        help="What to import before kernels are forked, as `module`; or to call, as "
        "`module:function`. It is learned once, and all kernels have it at no cost.",
    ).tag(config=True)
    kernel_class = Unicode(
        "ipykernel.ipkernel.IPythonKernel", help="The class of the kernels, as a dotted name."
    ).tag(config=True)
    bind = List(
        Unicode(),
        help="Files and folders that kernels may read, beside the system's and Python's own.",
    ).tag(config=True)
    hide = List(
        Unicode(),
        default_value=["/usr/local/share/nbgrader"],
        help="Folders that kernels see empty, though they lie in one that is to be read.",
    ).tag(config=True)
    environment = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        help="Environment variables of the kernels; none of the grader's own are passed on.",
    ).tag(config=True)
    user = Integer(
        61_000,
        min=1,
        help="The number of the user and the group that kernels run as when root grades; no "
        "account may have it.",
    ).tag(config=True)
    start_seconds = Integer(
        120, min=1, help="Seconds that a kernel may take to start; the first waits for `warm`."
    ).tag(config=True)
    warm_socket = Unicode(
        help="The socket of a warm process that another grading process has started; empty to "
        "start one."
    ).tag(config=True)
    allow_unsandboxed = Bool(
        False, help="Whether to run kernels without a sandbox where none can be made."
    ).tag(config=True)

    _kernel: Kernel | None = None
    _listening: asyncio.AbstractEventLoop | None = None
    sandboxed = True
    ended_because = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def limits(self) -> Limits:
        """What a kernel may use."""
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})

    def warmth(self, *, sandboxed: bool) -> Warmth:
        """Return what the warm process is to be made of."""
        return Warmth(
            tuple(self.warm),
            self.kernel_class,
            tuple(self.bind),
            tuple(self.hide),
            tuple(sorted(self.environment.items())),
            self.user,
            sandboxed,
        )

    def start_warm(self) -> Warm:
        """Return the warm process of this one, which is started if there is none yet.

        Raises
        ------
        KernelError
            If no sandbox can be made and the settings do not allow to go without one.
        """
        if self.warm_socket:
            key = self.warmth(sandboxed=True)
            if (os.getpid(), key) not in _shared:
                _shared[os.getpid(), key] = Warm.connect(self.warm_socket)
            return _shared[os.getpid(), key]
        warm = _warm(self.warmth(sandboxed=True))
        if not warm.refusal:
            return warm
        if not self.allow_unsandboxed:
            raise KernelError(warm.refusal)
        return _warm(self.warmth(sandboxed=False))

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel that has not been cleaned away."""
        return self._kernel is not None

    @property
    def kernel(self) -> Kernel:
        """The kernel that was started."""
        assert self._kernel is not None  # noqa: S101
        return self._kernel

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Return the arguments of `launch_kernel`; there is no command to run."""
        kwargs.setdefault("env", dict(os.environ))
        return {**kwargs, "cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel in a copy of the folder `cwd`, and wait until it can answer."""
        folder = Path(kwargs.get("cwd") or ".").resolve()
        files = read_files(folder, self.disk) if kwargs.get("cwd") else {}
        given = {name: kwargs["env"][name] for name in PASSED_ON if name in kwargs["env"]}
        key = self.parent.session.key.decode()
        warm = self.start_warm()
        self.ended_because = ""
        self._kernel = warm.kernel(
            self.limits, folder.name or "work", files, given, key, self.start_seconds
        )
        try:
            async with asyncio.timeout(self.start_seconds):
                while not (self.kernel.started or self.kernel.failure or self.kernel.ended):
                    await self._news()
        except TimeoutError:
            self.kernel.failure = (
                f"The kernel did not start in {self.start_seconds} s: shorten "
                "ContainedProvisioner.warm or lengthen ContainedProvisioner.start_seconds."
            )
        if not self.kernel.started:
            failure = self.kernel.failure or "The kernel ended while it was being started."
            self._forget()
            raise KernelError(failure)
        self.sandboxed = self.kernel.sandboxed
        self.connection_info = {
            "transport": "ipc",
            "ip": self.kernel.address,
            "shell_port": 1,
            "iopub_port": 2,
            "stdin_port": 3,
            "control_port": 4,
        }
        return self.connection_info

    async def poll(self) -> int | None:
        """Return None while the kernel runs."""
        if self._kernel is None:
            return 0
        while not self.kernel.ended and self.kernel.has_news():
            self._note()
        return 0 if self.kernel.ended else None

    async def wait(self) -> int | None:
        """Wait until the kernel and all that it started are gone."""
        if self._kernel is not None:
            await self.ended()
            self._forget()
        return 0

    async def send_signal(self, signum: int) -> None:
        """Interrupt the kernel; any other signal ends it."""
        if self._kernel is None:
            return
        if signum == signal.SIGINT:
            self.kernel.interrupt()
        elif signum:
            self.kernel.end()

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all that it started."""
        if self._kernel is not None:
            self.kernel.end()

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel and all that it started."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove what is left of the kernel."""
        if self._kernel is not None:
            self.kernel.end()
            self._forget()

    async def ended(self) -> None:
        """Wait until the kernel and all that it started are gone."""
        while self._kernel is not None and not self._kernel.ended:
            await self._news()

    async def _news(self) -> None:
        """Wait until the kernel's init has said something."""
        loop = asyncio.get_running_loop()
        if self._listening is not loop:
            self._listen_no_more()
            self._listening = loop
            loop.add_reader(self.kernel.connection, self._note)
        said = loop.create_future()
        self._waiting.append(said)
        await said

    def _note(self) -> None:
        """Take note of what the kernel's init says, and wake whoever waits for it."""
        self.kernel.hear()
        self.ended_because = self.kernel.because or self.ended_because
        if self.kernel.ended:
            self._listen_no_more()
        self._wake()

    def _wake(self) -> None:
        for said in self._waiting:
            if not said.done():
                said.set_result(None)
        self._waiting.clear()

    def _listen_no_more(self) -> None:
        if self._listening is not None and not self._listening.is_closed():
            self._listening.remove_reader(self.kernel.connection)
        self._listening = None

    def _forget(self) -> None:
        self._listen_no_more()
        self.kernel.clean()
        self._kernel = None
        self._wake()


def trouble(config: Config) -> str:
    """Say what of `ContainedProvisioner.warm` could not be imported or called, once that is known.

    Parameters
    ----------
    config : Config
        nbgrader's settings, by which kernels can be started: `refusal` has nothing to say.

    Returns
    -------
    str
        A sentence; nothing if all is well.
    """
    return ContainedProvisioner(config=config).start_warm().trouble


def refusal(config: Config) -> str | None:
    """Say why learners' code cannot be contained on this machine; the cure is in the sentence.

    A sandbox is really made to find out, by the warm process that kernels will be forked from.

    Parameters
    ----------
    config : Config
        nbgrader's settings.

    Returns
    -------
    str or None
        None if it can, or if the settings allow to go without.
    """
    if not sys.platform.startswith("linux"):
        return "Learners' code can be contained on Linux only: grade on a Linux machine."
    provisioner = ContainedProvisioner(config=config)
    if provisioner.allow_unsandboxed:
        return None
    try:
        provisioner.start_warm()
    except KernelError as error:
        return str(error)
    return None


def read_files(folder: Path, most: int) -> dict[str, bytes]:
    """Return the files in a folder that are a notebook's to read, by relative paths.

    Notebooks are left out, and whatever is no plain file: a link could lead anywhere.

    Parameters
    ----------
    folder : Path
        A submission's.
    most : int
        How many bytes there may be.

    Raises
    ------
    KernelError
        If there are more.
    """
    files: dict[str, bytes] = {}
    total = 0
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".ipynb_checkpoints"]
        for name in names:
            path = Path(place, name)
            if name.endswith(".ipynb") or not stat.S_ISREG(path.lstat().st_mode):
                continue
            total += max(path.lstat().st_size, INODE)
            if total > most:
                raise KernelError(
                    f"The submission's files need more than {size(most)}: allow more by "
                    "ContainedProvisioner.disk, or remove them."
                )
            files[str(path.relative_to(folder))] = path.read_bytes()
    return files


def _warm(warmth: Warmth) -> Warm:
    """Return this process's warm process of that kind; a fork of it starts its own."""
    key = (os.getpid(), warmth)
    if key in _shared and _shared[key].lost:
        _shared.pop(key).close()
    if key not in _shared:
        _shared[key] = Warm.start(warmth)
    return _shared[key]
