"""How contained kernels are started, interrupted and refused."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from course.grading.kernel.manager import ContainedKernelManager
from course.grading.kernel.settings import KernelSettings
from course.grading.kernel.start import refusal, start_warm
from course.grading.kernel.warm import Warm
from tests.grading.contained_kernel import PATIENCE, kernel

ROOT = Path(__file__).resolve().parents[2]
NONE = Config()


def run(cells, **settings):
    """Run cells as nbgrader does; return them."""
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    execute = Execute(kernel_manager_class=ContainedKernelManager, config=NONE, **settings)
    execute.preprocess(notebook, {"metadata": {"path": ""}})
    return notebook.cells


@pytest.fixture
def no_bubblewrap(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("course.grading.kernel.start._shared", {})


@pytest.fixture
def no_namespaces(monkeypatch, tmp_path):
    """A bubblewrap such as there is in a container that allows it nothing."""
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: Creating new namespace failed: no' >&2; exit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("course.grading.kernel.start._shared", {})


# Refusals


def test_where_a_sandbox_can_be_made_nothing_is_refused():
    assert refusal(NONE) is None


def test_a_missing_bubblewrap_is_named_with_the_cure(no_bubblewrap):
    sentence = refusal(NONE)
    assert "bubblewrap" in sentence and "apt-get install bubblewrap" in sentence
    with pytest.raises(RuntimeError, match="apt-get install bubblewrap"):
        kernel().__enter__()


def test_a_system_that_allows_no_namespaces_is_named_with_the_cure(no_namespaces):
    sentence = refusal(NONE)
    assert "(bwrap: Creating new namespace failed: no)" in sentence
    assert "sysctl" in sentence and "--security-opt" in sentence


def test_a_system_other_than_linux_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "on Linux only" in refusal(NONE)


def test_a_folder_that_is_not_there_is_named():
    config = Config(ContainedProvisioner={"bind": ["/no/such/folder"]})
    assert refusal(config).startswith("There is no `/no/such/folder`, which ContainedProvisioner")


def test_an_unknown_processor_is_refused(monkeypatch):
    monkeypatch.setattr("course.grading.kernel.start._shared", {})
    monkeypatch.setattr("platform.machine", lambda: "s390x")
    assert "on this processor (s390x)" in refusal(NONE)


def test_without_a_sandbox_a_kernel_runs_only_if_the_settings_allow_it(no_bubblewrap):
    assert refusal(Config(ContainedProvisioner={"allow_unsandboxed": True})) is None
    with kernel(allow_unsandboxed=True, open_files=200) as k:
        assert not k.manager.provisioner.sandboxed
        assert k.run("import resource; resource.getrlimit(resource.RLIMIT_NOFILE)") == "(200, 200)"
        home = Path(k.run("import os; os.environ['HOME']").strip("'"))
        assert home.is_dir() and home != Path.home()
        child = int(k.run("import subprocess; subprocess.Popen(['sleep', '99']).pid"))
    assert not Path(f"/proc/{child}").exists() and not home.exists()


def test_a_kernel_says_that_it_is_sandboxed():
    with kernel(allow_unsandboxed=True) as k:
        assert k.manager.provisioner.sandboxed
        assert k.manager.provisioner.ended_because == ""


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("no_such_module", "`no_such_module`.*ModuleNotFoundError"),
        ("os:no_such_function", "`os:no_such_function` .*AttributeError"),
        ("math:sqrt", "`math:sqrt` .*TypeError"),
    ],
)
def test_what_cannot_be_warmed_up_is_named(entry, what):
    with pytest.raises(RuntimeError, match=what):
        kernel(warm=[entry]).__enter__()


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("import threading\nthreading.Thread(target=threading.Event().wait).start()", "a thread"),
        ("import sqlite3\ndb = sqlite3.connect('seen.db')", ".*seen.db open"),
        ("log = open('log', 'w')", ".*log open"),
    ],
)
def test_what_kernels_would_share_is_named(code, complaint, tmp_path, monkeypatch):
    monkeypatch.setattr("course.grading.kernel.start._shared", {})
    tmp_path.chmod(0o755)
    code = f"import os\nos.chdir(os.environ['HOME'])\n{code}"
    (tmp_path / "leaves_something.py").write_text(code)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match=f"`leaves_something` .*leaves {complaint}"):
        kernel(warm=["leaves_something"]).__enter__()


def test_a_warm_up_that_does_not_end_is_not_waited_for(tmp_path, monkeypatch):
    tmp_path.chmod(0o755)
    (tmp_path / "never_ends.py").write_text("import time\ntime.sleep(9)")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match=r"did not start in 1 s: shorten .*warm or lengthen"):
        kernel(warm=["never_ends"], start_seconds=1).__enter__()


def test_a_notebook_in_another_language_is_refused(tmp_path):
    spec = {"argv": ["ir", "{connection_file}"], "display_name": "R", "language": "R"}
    folder = tmp_path / "kernels" / "ir"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec))
    specs = KernelSpecManager(kernel_dirs=[str(tmp_path / "kernels")])
    manager = ContainedKernelManager(kernel_name="ir", kernel_spec_manager=specs)
    with pytest.raises(RuntimeError, match="the kernel `ir`, in R: only Python's can be contained"):
        manager.kernel_spec  # noqa: B018


def test_a_kernel_that_only_the_learner_has_is_python():
    cells = run(["1 + 1"], kernel_name="my-own-environment")
    assert cells[0].outputs[0].data["text/plain"] == "2"


# Running


@pytest.mark.parametrize(
    "code",
    [
        "print('now', flush=True)\nwhile True: pass",
        "import time\nprint('now', flush=True)\ntime.sleep(60)",
        "import subprocess\nprint('now', flush=True)\nsubprocess.run(['sleep', '60'])",
    ],
)
def test_after_an_interrupt_the_next_cell_runs(code):
    with kernel() as k:
        assert "KeyboardInterrupt" in k.run(code, interrupt_after="now")
        assert k.run("1 + 1") == "2"


def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs():
    cells = run(["while True: pass", "1 + 1"], timeout=1)
    assert cells[0].outputs[0].ename == "KeyboardInterrupt"
    assert cells[1].outputs[0].data["text/plain"] == "2"


def test_the_end_of_a_kernel_is_the_end_of_the_notebook():
    with pytest.raises(DeadKernelError):
        run(["import os; os._exit(0)", "1 + 1"], timeout=3600)


def test_what_a_kernel_prints_is_whole():
    with kernel() as k:
        assert k.run("for i in range(20000): print(i)").split() == [*map(str, range(20000))]


DEAF = """
from ipykernel.ipkernel import IPythonKernel
class Kernel(IPythonKernel):
    def start(self):
        self.iopub_thread._xpub_stream.on_recv(None)
        super().start()
"""


def test_a_kernel_that_misses_whom_it_should_greet_starts_all_the_same(tmp_path, monkeypatch):
    """One start in five hundred does, under load: ZeroMQ tells of a listener only once."""
    tmp_path.chmod(0o755)
    (tmp_path / "deaf.py").write_text(DEAF)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with kernel(kernel_class="deaf.Kernel", bind=[str(tmp_path)]) as k:
        assert k.run("1 + 1") == "2"


def test_a_kernel_can_be_started_again():
    with kernel() as k:
        k.run("x = 1")
        k._loop.run_until_complete(k.manager.restart_kernel(now=True))
        k.client.stop_channels()
        k.client = k.manager.client()
        k.client.start_channels()
        k._loop.run_until_complete(k.client.wait_for_ready(60))
        assert k.run("x").startswith("NameError")


def test_graders_share_a_warm_process():
    settings = KernelSettings(environment={"MADE_BY": "the first"})
    warm = Warm.start(settings.warmth(sandboxed=True))
    with contextlib.closing(warm):
        code = (
            "from tests.grading.contained_kernel import kernel\n"
            f"with kernel(warm_socket={warm.path!r}) as k: print(k.run('!echo $MADE_BY'))"
        )
        for _ in range(2):
            result = subprocess.run(
                [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
            )
            assert result.stdout == "the first\n", result.stderr


def test_a_warm_process_that_was_killed_is_replaced(monkeypatch):
    monkeypatch.setattr("course.grading.kernel.start._shared", {})
    with kernel() as k:
        warm = start_warm(k.manager.provisioner)
        os.killpg(warm._process.pid, signal.SIGKILL)
        warm._process.wait()
    with kernel() as k:
        assert k.run("1 + 1") == "2"
        start_warm(k.manager.provisioner).close()


def test_a_grader_that_is_killed_leaves_no_process():
    code = (
        "import time\n"
        "from course.grading.kernel.start import start_warm\n"
        "from tests.grading.contained_kernel import kernel\n"
        "with kernel() as k:\n"
        "  warm = start_warm(k.manager.provisioner)\n"
        "  print(warm._process.pid, flush=True)\n"
        "  time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as grader:
        warm = Path("/proc", grader.stdout.readline().strip())
        assert warm.exists()
        grader.kill()
    for _ in range(PATIENCE * 100):
        if not warm.exists():
            break
        time.sleep(0.01)
    assert not warm.exists()


def test_folders_of_killed_graders_are_removed(monkeypatch, tmp_path):
    monkeypatch.setattr("course.grading.kernel.warm.PLACE", str(tmp_path))
    left, young = tmp_path / "kernels-left", tmp_path / "kernels-young"
    left.mkdir()
    young.mkdir()
    os.utime(left, (0, 0))
    warm = Warm.connect("")
    os.utime(warm.folder, (0, 0))
    other = Warm.connect("")
    assert [path.exists() for path in (left, young, warm.folder)] == [False, True, True]
    other.close()
    warm.close()
