"""What contains a kernel that root starts also contains one that an ordinary user starts."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
USER = "12345"  # no account's
TESTS = "tests/grading/test_kernel_containment.py"
SLOW = "not processor_time and not time_of_a_notebook"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="there is no setpriv")
def test_an_ordinary_users_kernels_are_contained_alike():
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o777)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            TESTS,
            "-k",
            SLOW,
        ]
        alone = ["unshare", "--mount", "sh", "-ec", f'{_opened(scratch)}\nexec "$@"', "sh"]
        become = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--"]
        result = subprocess.run(
            [*alone, *become, *command, "--basetemp", f"{scratch}/work"],
            env={**os.environ, "HOME": scratch, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
        )
    assert result.returncode == 0, result.stdout + result.stderr
    assert " passed" in result.stdout


def _opened(scratch):
    """Return commands that let everybody reach this Python and these tests, for the test alone."""
    needed = [Path(path) for path in dict.fromkeys([sys.base_prefix, sys.prefix, str(ROOT)])]
    kept, again, closed = [], [], set()
    for number, path in enumerate(needed):
        shut = [folder for folder in path.parents if not folder.stat().st_mode & 1]
        if shut:
            closed.add(shut[-1])
            kept += [f"mkdir {scratch}/{number}", f"mount --bind '{path}' {scratch}/{number}"]
            again += [f"mkdir -p '{path}'", f"mount --bind {scratch}/{number} '{path}'"]
    covers = [f"mount -t tmpfs -o mode=755 tmpfs '{folder}'" for folder in closed]
    return "\n".join([*kept, *covers, *again, f"cd '{ROOT}'"])
