"""What the goals of `make` run is there: programs of the environment that take these options.

Most goals take minutes, or do not end, so their commands are only asked for help. `make start` is
run by test_start.py and offline.py, `make notebooks` by test_another_python.py, the script of
`make class` by test_demo_class.py.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
OURS = ("PYTHON", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in OURS}
GOALS = re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(), re.M)


def run(*command):
    """Return what a command prints; it must succeed."""
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("goal", sorted({*GOALS} - {"help", "notebooks"}))
def test_a_goal_names_programs_files_and_options_that_are_there(goal):
    commands = re.findall(r"^sh tools/run (.+)$", run("make", "--dry-run", goal), re.M)
    assert commands
    for command in commands:
        lock, program, *arguments = words = shlex.split(command)
        files = [word for word in words if re.search(r"\.(lock|py|toml)$", word)]
        assert all((ROOT / name).is_file() for name in (lock, *files)), command
        assert (BIN / program).is_file(), command
        if program != "python":  # a script may have no help
            run(BIN / program, *arguments, "--help")
