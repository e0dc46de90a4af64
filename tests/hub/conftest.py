"""One hub for all tests of it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.hub.machine import Machine, machine, missing


@pytest.fixture(scope="session")
def here() -> Iterator[Machine]:
    """A hub with the course, of which nothing is released."""
    if lacking := missing():
        pytest.skip(lacking)
    # Not among pytest's folders, which are root's alone, and kept: this one takes a gigabyte. Nor
    # in /tmp, of which each sandbox has its own.
    with (
        tempfile.TemporaryDirectory(dir="/srv", prefix="hub-") as folder,
        machine(Path(folder)) as here,
    ):
        yield here


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser whose pixels are real: terminals are drawn too small on those that it emulates."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    yield context
    context.close()
