"""A contained kernel to try things in, one cell at a time."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty

from traitlets.config import Config

from course.grading.kernel.manager import ContainedKernelManager

PATIENCE = 60  # seconds; so long takes only what hangs
MIB = 1024**2


class Lost(Exception):  # noqa: N818 - not a mistake of ours
    """The kernel ended; the message is the reason that the grader is told."""


class Session:
    """A kernel and a client of it, in an event loop of its own."""

    def __init__(self, folder=None, **settings):
        self._loop = asyncio.new_event_loop()
        self.manager = ContainedKernelManager(config=Config(ContainedProvisioner=settings))
        try:
            self._loop.run_until_complete(self._start(folder))
        except BaseException:
            self._loop.close()
            raise

    async def _start(self, folder):
        await self.manager.start_kernel(cwd=folder and str(folder))
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            await self.client.wait_for_ready(PATIENCE)
        except BaseException:
            self.client.stop_channels()
            raise

    def run(self, code, interrupt_after=None):
        """Run a cell; return what it said, errors as `Name: message`."""
        return self._loop.run_until_complete(
            asyncio.wait_for(self._run(code, interrupt_after), PATIENCE)
        )

    async def _run(self, code, interrupt_after):
        asked = self.client.execute(code, allow_stdin=False)
        if interrupt_after:
            await self._hear(asked, interrupt_after)
            await self.manager.interrupt_kernel()
        reply = asyncio.create_task(self._reply(asked))
        said = asyncio.create_task(self._hear(asked))
        await asyncio.wait([reply, said], return_when=asyncio.FIRST_EXCEPTION)
        if reply.exception():
            said.cancel()
            raise reply.exception()
        return "\n".join(await said)

    async def _reply(self, asked):
        while await self.manager.is_alive():
            try:
                message = await self.client.get_shell_msg()
            except Empty:
                continue
            if message["parent_header"].get("msg_id") == asked:
                return
        raise Lost(self.manager.provisioner.ended_because)

    async def _hear(self, asked, until=None):
        said = []
        while True:
            message = await self.client.get_iopub_msg()
            if message["parent_header"].get("msg_id") != asked:
                continue
            content = message["content"]
            if content.get("execution_state") == "idle":
                return said
            if message["msg_type"] == "error":
                said.append(f"{content['ename']}: {content['evalue']}")
            elif message["msg_type"] == "stream":
                said.append(content["text"].rstrip())
            elif "data" in content:
                said.append(content["data"].get("text/plain", ""))
                said += [kind for kind in content["data"] if kind != "text/plain"]
            if until and until in "\n".join(said):
                return said

    def close(self):
        self.client.stop_channels()
        self._loop.run_until_complete(self.manager.shutdown_kernel(now=True))
        self._loop.close()


@contextmanager
def kernel(folder=None, **settings) -> Iterator[Session]:
    session = Session(folder, **settings)
    try:
        yield session
    finally:
        session.close()
