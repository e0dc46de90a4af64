"""The lessons run on another Python than that of the tests, where there is one."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_source_notebooks_run_on_the_newest_other_python():
    """In an environment of a learner's, which `make` makes anew where it is missing or old."""
    ours = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        ["make", "notebooks"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if "No other Python" in done.stdout:
        pytest.skip(done.stdout.strip())
