"""A real Chromium, and what the tests measured."""

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

FLAGS = [
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--disable-3d-apis",  # terminals write as text then, for screenshots and for tests
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for a file of tests: while it is open, no other event loop can run here."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
    context.set_default_timeout(60_000)  # a loaded machine is slow, not wrong
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the page; a test whose host itself errs may keep `only_ours` of it."""
    return []


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """A page that may log no error, and ask nothing of another machine."""

    def on_console(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(f"said: {said.text} ({said.location['url']})")

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            complaints.append(f"asked for: {request.url}")

    page = context.new_page()
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"threw: {error.stack}"))
    page.on("request", on_request)
    yield page
    assert complaints == []


def pytest_terminal_summary(terminalreporter):
    """Tell what was measured: seconds and memory are read, not asserted."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", []):
                if name == "measured" and report.when == "call":
                    terminalreporter.write_line(value)
