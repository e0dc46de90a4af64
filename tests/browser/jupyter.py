"""Start Jupyter in a home of its own, and use its notebooks in a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

import matplotlib as mpl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
PATIENCE = 180  # seconds
expect.set_options(timeout=60_000)


@dataclass(frozen=True)
class Server:
    """A running server: `url` is its address, `root` the folder of its notebooks."""

    url: str
    token: str
    root: Path

    def page(self, path: str) -> str:
        return f"{self.url}/{path}?token={self.token}"


@contextmanager
def serve(home: Path) -> Iterator[Server]:
    """Serve the notebooks in `home/notebooks` to JupyterLab, Notebook 7 and Voilà."""
    root = home / "notebooks"
    root.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", uuid4().hex, root)
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": root,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "IdentityProvider.token": server.token,
        "LabApp.expose_app_in_browser": True,
        "JupyterNotebookApp.expose_app_in_browser": True,
    }
    environment = os.environ | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "MPLCONFIGDIR": mpl.get_configdir(),  # a new one takes seconds to list the fonts
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{k}={v}" for k, v in options.items())]
    log = home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=home, env=environment, stdout=out, stderr=out)
        try:
            wait_until_up(server, process, log)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_up(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server that was just started answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(server.page("api/status"), timeout=10).close()  # noqa: S310 - ours
            return
        except OSError:  # refused, reset, or not answered in time
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Jupyter did not start:\n{log.read_text()[-4000:]}") from None
            time.sleep(0.2)


def open_in_lab(page: Page, server: Server, path: str) -> None:
    """Open a notebook in JupyterLab and wait until its kernel is there."""
    workspace = uuid4().hex  # a new one: nothing of an earlier test is open in it
    page.goto(server.page(f"lab/workspaces/{workspace}/tree/{path}"))
    wait_for_kernel(page)


def open_in_notebook(page: Page, server: Server, path: str) -> None:
    """Open a notebook in Notebook 7 and wait until its kernel is there."""
    page.goto(server.page(f"notebooks/{path}"))
    wait_for_kernel(page)


def open_in_voila(page: Page, server: Server, path: str, theme: str = "light") -> None:
    """Open a notebook in Voilà, which runs all of it, and wait for its first widget."""
    page.goto(f"{server.page(f'voila/render/{path}')}&theme={theme}", timeout=PATIENCE * 1000)
    expect(explorer(page)).to_be_visible(timeout=PATIENCE * 1000)


def wait_for_kernel(page: Page) -> None:
    """Wait until the kernel of the open notebook is there, and idle."""
    page.wait_for_function(
        """() => {
            const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
            return kernel?.connectionStatus === "connected" && kernel.status === "idle";
        }""",
        timeout=PATIENCE * 1000,
    )


def run_to(page: Page, needle: str) -> None:
    """Run the cells of the open notebook one by one, down to the first that contains `needle`.

    Cells that end in an error are passed over: a lesson that nobody has worked on has some.
    """
    found = page.evaluate(
        """async (needle) => {
            const notebook = jupyterapp.shell.currentWidget.content;
            for (let i = 0; i < notebook.widgets.length; i++) {
                const { type, sharedModel } = notebook.widgets[i].model;
                if (type !== "code") continue;
                notebook.activeCellIndex = i;
                await jupyterapp.commands.execute("notebook:run-cell");
                if (sharedModel.getSource().includes(needle)) return true;
            }
            return false;
        }""",
        needle,
    )
    assert found, f"No code cell contains {needle!r}."


def start_cell(page: Page, needle: str) -> None:
    """Start the first cell of the open notebook that contains `needle`; do not wait for its end."""
    found = page.evaluate(
        """needle => {
            const notebook = jupyterapp.shell.currentWidget.content;
            const cells = notebook.widgets.map(({ model }) => model);
            const place = cells.findIndex(({ type, sharedModel }) =>
                type === "code" && sharedModel.getSource().includes(needle));
            notebook.activeCellIndex = place;
            void jupyterapp.commands.execute("notebook:run-cell");
            return place >= 0;
        }""",
        needle,
    )
    assert found, f"No code cell contains {needle!r}."


def set_theme(page: Page, theme: str) -> None:
    """Change the theme of JupyterLab or Notebook 7, for instance to "JupyterLab Dark"."""
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)


def explorer(page: Page) -> Locator:
    """Return the first widget of the page."""
    return page.locator(".explorer").first


def open_lesson(page: Page, server: Server, path: str, widget: str) -> Locator:
    """Open a lesson as a learner does, run it down to its widget, and return that."""
    open_in_lab(page, server, path)
    set_theme(page, "JupyterLab Light")  # the theme is a setting, and outlives a page
    expect(page.locator(".jp-Notebook h1").first).to_be_visible()
    screenshot(page, f"lesson-{path[:2]}-top")
    run_to(page, f"{widget}(")
    return explorer(page)


def look_in_both_themes(page: Page, widget: Locator, name: str) -> None:
    """Assert that a widget is accessible in light and in dark, and save how it looks."""
    for theme in "light", "dark":
        set_theme(page, f"JupyterLab {theme.title()}")
        assert_accessible(page)
        screenshot(widget, f"{name}-{theme}")


def move(widget: Locator, label: str, key: str) -> None:
    """Press a key on a control, and wait until both the figure and the sentence have changed."""
    figure, sentence = widget.get_by_role("img"), widget.get_by_role("status")
    before = figure.inner_html(), sentence.inner_text()
    slider, choice = (widget.get_by_role(role, name=label) for role in ("slider", "combobox"))
    slider.or_(choice).press(key)
    expect(sentence).not_to_have_text(before[1])
    assert figure.inner_html() != before[0]


def redraw_times(page: Page, widget: Locator, label: str, key: str) -> str:
    """Press a key on a slider twenty times; say how long it took until a new figure was there."""
    widget.evaluate(
        """widget => {
            window.times = [];
            widget.addEventListener("keydown", () => { window.pressed = performance.now(); });
            new MutationObserver(() => times.push(performance.now() - pressed)).observe(
                widget.querySelector(".explorer-figure"), {childList: true});
        }"""
    )
    for count in range(1, 21):
        widget.get_by_role("slider", name=label).press(key)
        page.wait_for_function("count => times.length === count", arg=count)
    times = page.evaluate("() => times")
    return f"key to new figure: median {median(times):.0f} ms, longest {max(times):.0f} ms"


def assert_accessible(page: Page) -> None:
    """Assert that axe finds nothing to complain about in the page's widgets."""
    results = Axe().run(page, context=".explorer")
    assert results.violations_count == 0, results.generate_report()


def only_ours(complaints: list[str]) -> None:
    """Drop what is not of the widget: anywidget loads its module from a blob."""
    complaints[:] = [text for text in complaints if "blob:" in text or "anywidget" in text]


def screenshot(shown: Page | Locator, name: str) -> None:
    """Save what is shown for a person to look at, in artifacts/screenshots or $SCREENSHOTS."""
    folder = Path(os.environ.get("SCREENSHOTS", ROOT / "artifacts/screenshots"))
    shown.screenshot(path=folder / f"{name}.png")
