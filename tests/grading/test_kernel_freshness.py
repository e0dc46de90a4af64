"""A kernel that was forked from a warm process behaves as one that was just started."""

import re

import pytest
from jupyter_client.manager import AsyncKernelManager
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from course.grading.kernel.manager import ContainedKernelManager
from tests.grading.contained_kernel import kernel

WARM = [
    "ipywidgets",
    "matplotlib.pyplot",
    "mlflow",
    "pandas",
    "sklearn.ensemble",
    "sklearn.model_selection",
]
QUIET = {"PYTHONWARNINGS": "ignore", "MLFLOW_DISABLE_TELEMETRY": "true"}

# Whatever these show, a kernel that was just started shows too.
CELLS = [
    "1 + 1",
    "In, Out, _, __",
    "%history -n",
    "__name__, sorted(name for name in globals() if not name.startswith('_'))",
    "import sys; sys.path, sys.argv[:2], sys.stdout, type(sys.displayhook), sys.flags.safe_path",
    "import gc; gc.isenabled(), gc.get_threshold()",
    "import signal; signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGCHLD)",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "!echo from a shell",
    "%%bash\necho from bash",
    "import time",  # what does not come from Python itself is told a moment later
    "import subprocess; subprocess.run('echo out; echo err >&2', shell=True); time.sleep(0.5)",
    "import os; print('out'); print('err', file=sys.stderr); os.write(1, b'raw'); time.sleep(0.5)",
    "import logging; logging.warning('a warning')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "figure, axes = plt.subplots(); axes.plot([2, 1]); plt.show()\n'after'",
    "import matplotlib; matplotlib.get_backend(), matplotlib.is_interactive(), plt.get_fignums()",
    "import ipywidgets; ipywidgets.IntSlider()",
    "from IPython.display import HTML, display; display(HTML('<b>bold</b>'))",
    "class Made: pass\nimport pickle; type(pickle.loads(pickle.dumps(Made()))).__name__",
    "import inspect\ndef made(): return 1\ninspect.getsource(made)",
    "import pandas; pandas.DataFrame({'a': [1]})",
    "%who",
    "input('your name')",
    "1 / 0",
    "def deep(): return undefined\ndeep()",
]
# Different for a reason: where they are, when, and what is random.
UNLIKE = re.compile(
    r"0x[0-9a-f]+|/[^'\s]*?/(?=lib/python)|model_id.: .\w+|ipykernel_\d+|~/[^'\s]*?/(?=lib/python)"
)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """What each cell of a notebook showed, in a contained kernel and in a stock one."""
    config = Config(ContainedProvisioner={"warm": WARM, "environment": QUIET})
    folder = tmp_path_factory.mktemp("lesson")
    shown = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONWARNINGS", "ignore")
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)  # with it a stock kernel captures less
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        for manager in (ContainedKernelManager, AsyncKernelManager):
            notebook = new_notebook(cells=[new_code_cell(cell) for cell in CELLS])
            execute = Execute(kernel_manager_class=manager, config=config, kernel_name="python3")
            execute.shutdown_kernel = "immediate"
            execute.preprocess(notebook, {"metadata": {"path": str(folder)}})
            shown.append([_told(cell.outputs) for cell in notebook.cells])
    return dict(zip(CELLS, zip(*shown, strict=True), strict=True))


def _told(outputs):
    """Return all that a cell showed, without what differs for a reason."""
    text = {}
    for output in outputs:
        kind = output.get("name") or output.get("ename") or output.output_type
        more = output.get("text") or output.get("evalue") or ""
        for name, value in output.get("data", {}).items():
            more += f"{name}: {'a picture' if name == 'image/png' else value}\n"
        text[kind] = text.get(kind, "") + UNLIKE.sub("", more + str(output.get("traceback", "")))
    return text


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_shows_what_it_shows_in_a_stock_kernel(both, cell):
    ours, stock = both[cell]
    assert ours == stock


@pytest.fixture
def warm():
    with kernel(warm=WARM, environment=QUIET) as session:
        yield session


def test_two_kernels_draw_different_random_numbers(warm):
    code = (
        "import random, uuid, tempfile, numpy as np; from sklearn.utils import check_random_state\n"
        "random.random(), np.random.rand(), check_random_state(None).rand(), uuid.uuid4(), "
        "tempfile.mktemp()"
    )
    with kernel(warm=WARM, environment=QUIET) as other:
        pairs = zip(warm.run(code).split(","), other.run(code).split(","), strict=True)
        assert all(mine != others for mine, others in pairs)


def test_figures_are_shown_once_though_the_warm_process_drew_one():
    with kernel(warm=["matplotlib.pyplot:gca"]) as k:
        k.run("import matplotlib.pyplot as plt")
        assert k.run("plt.plot([1, 2]); plt.get_fignums()").split("\n") == [
            "[1]",
            "<Figure size 640x480 with 1 Axes>",
            "image/png",
        ]
        assert k.run("plt.get_fignums()") == "[]"


def test_openmp_works_after_the_fork(warm):
    warm.run("import numpy as np; X = np.random.rand(5000, 4); y = X[:, 0] > 0.5")
    warm.run("from sklearn.ensemble import HistGradientBoostingClassifier as H")
    assert warm.run("H(max_iter=10).fit(X, y).score(X, y) > 0.9") == "True"


@pytest.mark.parametrize("imported", ["before", "within"])
def test_openmp_works_though_the_warm_process_used_it(tmp_path, monkeypatch, imported):
    tmp_path.chmod(0o755)
    fit = "H(max_iter=3).fit(np.arange(9000.0).reshape(-1, 1), np.arange(9000) % 2)"
    lines = [
        "import numpy as np",
        "from sklearn.ensemble import HistGradientBoostingClassifier as H",
    ]
    function = ["def fit():", *(f"    {line}" for line in [*lines, fit])]
    before = lines if imported == "before" else []
    (tmp_path / "fits.py").write_text("\n".join([*before, *function]))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with kernel(warm=["fits:fit"]) as k:
        assert k.run("\n".join([*lines, f"{fit}.n_iter_"])) == "3"


def test_work_in_several_processes_and_threads_works(warm):
    warm.run("import numpy as np; X = np.random.rand(500, 4); y = X[:, 0] > 0.5")
    warm.run("from sklearn.ensemble import HistGradientBoostingClassifier as H")
    warm.run("from sklearn.model_selection import cross_val_score")
    assert warm.run("len(cross_val_score(H(max_iter=3), X, y, cv=2, n_jobs=2))") == "2"
    pool = (
        "import multiprocessing as mp\nwith mp.get_context('fork').Pool(2) as p: p.map(abs, [-1])"
    )
    assert warm.run(f"{pool}\np").startswith("<multiprocessing.pool.Pool state=TERMINATE")
    threads = "from concurrent.futures import ThreadPoolExecutor as T; list(T(2).map(abs, [-1]))"
    assert warm.run(threads) == "[1]"


def test_a_database_made_in_the_kernel_works(warm):
    warm.run("import mlflow; mlflow.set_tracking_uri('sqlite:///store.db')")
    warm.run("with mlflow.start_run(): mlflow.log_metric('auc', 0.7)")
    assert warm.run("len(mlflow.search_runs())") == "1"


def test_what_the_warm_process_has_open_is_each_kernels_own(tmp_path, monkeypatch):
    tmp_path.chmod(0o755)
    (tmp_path / "opens.py").write_text(
        "import logging, sqlite3, threading\n"
        "known = sqlite3.connect(':memory:')\n"
        "known.execute('CREATE TABLE seen (who)')\n"
        "lock = threading.RLock()\n"
        "waiting = threading.Condition(lock)\n"
        "logging.getLogger('opens').addHandler(logging.StreamHandler())\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with kernel(warm=["opens"]) as one, kernel(warm=["opens"]) as other:
        for session in (one, other):
            session.run("import opens")
            assert session.run("with opens.lock: opens.waiting.notify(); print('free')") == "free"
            session.run("opens.logging.getLogger('opens').warning('told')")
            session.run("opens.known.execute('INSERT INTO seen VALUES (1)')")
            count = "opens.known.execute('SELECT count(*) FROM seen').fetchone()"
            assert session.run(count) == "(1,)"


def test_a_submissions_own_module_does_not_shadow_what_starts_the_kernel(tmp_path):
    (tmp_path / "json.py").write_text("loads = dumps = None")
    (tmp_path / "mine.py").write_text("value = 42")
    with kernel(tmp_path) as k:
        assert k.run("import mine; mine.value") == "42"


def test_a_watched_kernel_writes_a_notebook_with_the_errors_that_it_showed():
    with kernel(kernel_class="course.grading.watched.WatchedKernel") as session:
        session.run("1 / 0")
        session.run("%notebook written.ipynb")
        read = "import json; json.load(open('written.ipynb'))['cells'][0]['outputs'][0]"
        assert "'ename': 'ZeroDivisionError'" in session.run(read)
