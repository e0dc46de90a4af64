"""A kernel manager for contained kernels, without the waiting that kernels elsewhere need."""

import asyncio
import time
from contextlib import suppress
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type, Unicode

from course.grading.kernel.provisioner import ContainedProvisioner
from course.grading.kernel.settings import MIB
from course.grading.kernel.warm import KernelError

LARGEST = 64 * MIB  # bytes of a message; who sends a larger one is disconnected before it is read
GREETING = 1.0  # seconds to wait for a message before looking whether there will be one


class Channel(AsyncZMQSocketChannel):
    """A channel that passes over what is no message, and waits for no kernel that has ended."""

    provisioner: ContainedProvisioner | None = None

    async def get_msg(  # type: ignore[override]
        self, timeout: float | None = None
    ) -> dict[str, Any]:
        """Return the next message; raise `Empty` if the time is up or the kernel has ended."""
        while True:
            with suppress(ValueError):  # it was not signed, or is torn
                return await self._next(timeout)

    async def _next(self, timeout: float | None) -> dict[str, Any]:
        if self.provisioner is None:
            return await super().get_msg(timeout)
        if await self.provisioner.poll() is not None:
            return await super().get_msg(0)
        message = asyncio.ensure_future(super().get_msg(timeout))
        end = asyncio.ensure_future(self.provisioner.ended())
        try:
            await asyncio.wait([message, end], return_when=asyncio.FIRST_COMPLETED)
        finally:
            end.cancel()
            if not message.done():
                message.cancel()
        if message.cancelled() or not message.done():
            raise Empty
        return message.result()


class ContainedClient(AsyncKernelClient):
    """A client of a contained kernel."""

    shell_channel_class = Type(Channel)
    iopub_channel_class = Type(Channel)

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Start the channels but for the heartbeat: the kernel's end is known without."""
        super().start_channels(*args, **{**kwargs, "hb": False})
        self.shell_channel.provisioner = self.parent.provisioner

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and all that it says will be heard.

        A kernel greets whoever listens to it, and nothing that it says after that is lost: there is
        no need to wait until it has been silent for a while. A greeting is lost at times, when the
        kernel says something else at that instant; it is asked again then, and whatever it says
        will do.

        Parameters
        ----------
        timeout : float, optional
            How many seconds it may take.

        Raises
        ------
        KernelError
            If the kernel ends or does not answer.
        """
        self.iopub_channel.provisioner = self.parent.provisioner
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        while not await self._heard(self.iopub_channel, GREETING, deadline):
            self.kernel_info()
        asked = self.kernel_info()
        state = reply = None
        while reply is None:
            message = await self._heard(self.shell_channel, GREETING, deadline)
            if message and message["parent_header"].get("msg_id") == asked:
                reply = message
        self._handle_kernel_info_reply(reply)
        while state != "idle":
            message = await self._heard(self.iopub_channel, GREETING, deadline)
            if message and message["parent_header"].get("msg_id") == asked:
                state = message["content"].get("execution_state")
        self.iopub_channel.provisioner = None  # nbclient does not expect it to be empty

    async def _heard(self, channel: Any, seconds: float, deadline: float) -> dict[str, Any] | None:
        """Return the next message of a channel, if there is one soon."""
        try:
            message: dict[str, Any] = await channel.get_msg(seconds)
        except Empty:
            if await self.is_alive() and time.monotonic() < deadline:
                return None
            ended = self.parent.provisioner.ended_because
            what = f"The kernel {ended}" if ended else "The kernel did not answer"
            raise KernelError(f"{what} while it was being started.") from None
        return message


class ContainedKernelManager(AsyncKernelManager):
    """Manage one contained kernel, of this Python whatever the notebook asks for."""

    client_class = "course.grading.kernel.manager.ContainedClient"
    client_factory = Type(klass=ContainedClient)
    transport = Unicode("ipc")
    provisioner: ContainedProvisioner | None

    def _context_default(self) -> zmq.asyncio.Context:
        context: zmq.asyncio.Context = super()._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, LARGEST)  # of all its sockets
        return context

    @property
    def kernel_spec(self) -> KernelSpec:
        """The only kind of kernel there is.

        Raises
        ------
        KernelError
            If the notebook is known to be in another language.
        """
        try:
            language = self.kernel_spec_manager.get_kernel_spec(self.kernel_name).language
        except NoSuchKernel:  # an environment of the learner's; nobody else has it
            language = "python"
        if language.lower() not in ("python", ""):
            raise KernelError(
                f"The notebook asks for the kernel `{self.kernel_name}`, in {language}: only "
                "Python's can be contained, so set `c.Execute.kernel_name` or grade it by hand."
            )
        return KernelSpec(
            argv=["python"],
            display_name="Python 3 (contained)",
            language="python",
            interrupt_mode="signal",
            metadata={"kernel_provisioner": {"provisioner_name": "contained"}},
        )

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        """Start a kernel; it can answer when this returns."""
        self._attempted_start = True
        command, kwargs = await self._async_pre_start_kernel(**kwargs)
        await self._async_launch_kernel(command, **kwargs)

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kwargs: Any) -> None:
        assert self.provisioner is not None  # noqa: S101
        self.load_connection_info(await self.provisioner.launch_kernel(kernel_cmd, **kwargs))

    async def _async_shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """End the kernel at once; it has nothing to save."""
        self.shutting_down = True
        if self.provisioner is not None:
            await self.provisioner.kill(restart)
            await self.provisioner.wait()
        await self._async_cleanup_resources(restart=restart)

    start_kernel = _async_start_kernel
    _launch_kernel = _async_launch_kernel
    shutdown_kernel = _async_shutdown_kernel
