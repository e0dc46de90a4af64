"""The part of Jupyter that starts and ends contained kernels."""

import asyncio
import os
import signal
import stat
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from course.grading.kernel.sandbox import INODE
from course.grading.kernel.settings import KernelSettings, size
from course.grading.kernel.start import start_warm
from course.grading.kernel.warm import Kernel, KernelError

PASSED_ON = ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING")


class ContainedProvisioner(KernelSettings, KernelProvisionerBase):
    """Start kernels that are forked from a warm process, each in a sandbox of its own.

    Its settings are those of `KernelSettings`.
    """

    _kernel: Kernel | None = None
    _listening: asyncio.AbstractEventLoop | None = None
    sandboxed = True
    ended_because = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._waiting: list[asyncio.Future[None]] = []

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
        warm = start_warm(self)
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
