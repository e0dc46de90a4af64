"""Every source notebook runs as its author left it, cold, and says nothing where it must not."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from course.lessons import lessons
from tests.lessons import demo
from tests.lessons.structure import role

ROOT = Path(__file__).parents[2]
LESSONS = lessons(ROOT)
MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=sys.stderr)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def nbval(notebook, folder):
    """Run a notebook with nbval; return its exit code, what it said, and its peak memory in GiB.

    nbgrader scores 0 where a check writes to stderr. So a check is marked as run with no output,
    which nbval then compares with what it does here.
    """
    for cell in notebook.cells:
        if role(cell) == "check":
            cell.execution_count = 1
            cell.metadata["tags"] = ["nbval-check-output"]
    path = folder / "lesson.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", str(path)]
    command += [f"--rootdir={folder}", "-c", os.devnull, "-p", "no:cacheprovider", "--color=no"]
    shown = {"PYTHONWARNINGS": "error::UserWarning,error::FutureWarning,error::RuntimeWarning"}
    # A process counts the memory of the one that started it. So a small one starts nbval.
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, *command],
        env=os.environ | shown,
        capture_output=True,
        text=True,
    )
    text = re.sub(r"\x1b\[[0-9;]*m", "", ended.stderr)
    kibibytes = int(ended.stdout) / (1024 if sys.platform == "darwin" else 1)
    return ended.returncode, text, kibibytes / 2**20


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_source_notebook_runs(lesson, tmp_path, record_property):
    began = time.perf_counter()
    code, said, peak = nbval(nbformat.read(ROOT / lesson.source, as_version=4), tmp_path)
    took = time.perf_counter() - began
    record_property("measured", f"{lesson.folder}: {took:.1f} s, {peak:.2f} GiB at its peak")
    assert code == 0, said
    assert peak < 1, f"{lesson.folder} takes {peak:.2f} GiB: the machine of a learner has little"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("math.exp(", "math.exp(undefined + ", "NameError"),
        ("return 2 * number", "return 2 + number", "Did you multiply?"),
        ("assert double(4)", "import sys; print('x', file=sys.stderr)\nassert double(4)", "stderr"),
        ("math.exp(", "import warnings; warnings.warn('old'); math.exp(", "UserWarning: old"),
    ],
)
def test_a_notebook_that_fails_is_found(old, new, complaint, tmp_path):
    assert old in demo.TEXT
    code, said, _ = nbval(demo.notebook(demo.TEXT.replace(old, new, 1)), tmp_path)
    assert code == 1
    assert complaint in said


def test_a_good_notebook_passes(tmp_path):
    code, said, _ = nbval(demo.notebook(), tmp_path)
    assert code == 0, said
