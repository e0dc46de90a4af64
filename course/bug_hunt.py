"""Planted bugs against a test, which should be green on healthy code and red on each bug."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from course.lessons import CourseError

LIMIT = 20.0  # seconds for all tests of one hunt
RUNNER = """
import difflib, os, sys
import pandas, pytest  # once for all
difflib.ndiff = lambda *texts, **options: iter(())  # of long lists it takes minutes
def verdict(folder):
    os.chdir(folder)
    sys.path[0] = folder
    log = os.open("hunt.log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1), os.dup2(log, 2)
    code = pytest.main(["-x", "-p", "no:cacheprovider", "--color=no", "tests/test_hunt.py"])
    os._exit(int(code))
for folder in sys.argv[1:]:
    pid = os.fork()
    if not pid:
        verdict(folder)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


def hunt(test: str, project: Path, module: str, bugs: Mapping[str, tuple[str, str]]) -> pd.Series:
    """Run a test file on healthy code, and on the same code with each of some bugs.

    Parameters
    ----------
    test : str
        The text of a pytest file.
    project : Path
        The folder of a project; it stays as it is.
    module : str
        The file of the project in which the bugs are planted.
    bugs : mapping of str to tuple of (str, str)
        For each bug a text that stands once in the file, and what takes its place.

    Returns
    -------
    pandas.Series of str, shape (n_bugs + 1,)
        "passed", "failed" or "did not run" by the name of the bug; first that of the code as it
        is, "healthy", there with the reason behind it. A test is good if it passed there and
        failed everywhere else.

    Raises
    ------
    CourseError
        If a bug's text does not stand once in the file.

    Examples
    --------
    >>> from course.project import TEMPLATE
    >>> test = '''
    ... import pandas as pd
    ... from flightdesk.features import minutes
    ... def test_half_an_hour():
    ...     assert minutes(pd.Series([30])).to_list() == [30]
    ... '''
    >>> bugs = {"decimal hours": ("hhmm // 100 * 60 + hhmm % 100", "hhmm * 0.6")}
    >>> hunt(test, TEMPLATE, "flightdesk/features.py", bugs).to_dict()
    {'healthy': 'passed', 'decimal hours': 'failed'}
    """
    healthy = (project / module).read_text(encoding="utf-8")
    versions = {"healthy": healthy}
    for name, (old, new) in bugs.items():
        if healthy.count(old) != 1:
            raise CourseError(f"The bug {name!r} needs a text that stands in {module} once.")
        versions[name] = healthy.replace(old, new)
    with tempfile.TemporaryDirectory() as scratch:
        # In no order and under no name that would tell a test which version it sees.
        names = random.sample([*versions], len(versions))
        folders = {name: _version(Path(scratch), project, module, versions[name]) for name in names}
        for folder in folders.values():
            (folder / "tests" / "test_hunt.py").write_text(test, encoding="utf-8")
        codes = dict(zip(names, _exit_codes([*map(str, folders.values())]), strict=False))
        reason = _reason(folders["healthy"] / "hunt.log")
    words = {0: "passed", 1: "failed"}
    said = {name: words.get(codes.get(name, -1), "did not run") for name in versions}
    if said["healthy"] != "passed" and reason:
        said["healthy"] += f": {reason}"
    return pd.Series(said)


def _reason(log: Path) -> str:
    """Return the last error that pytest tells of, in a line."""
    if not log.exists():
        return ""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [line[1:].strip() for line in lines if line.startswith("E  ")]
    return errors[0][:200] if errors else ""


def _version(scratch: Path, project: Path, module: str, text: str) -> Path:
    """Copy the code of a project, with other text in a module."""
    folder = Path(tempfile.mkdtemp(dir=scratch)) / project.name
    leave_out = shutil.ignore_patterns(".*", "data", "artifacts", "__pycache__")
    shutil.copytree(project, folder, ignore=leave_out)
    (folder / module).write_text(text, encoding="utf-8")
    return folder


def _exit_codes(folders: list[str]) -> list[int]:
    """Return pytest's exit code in each folder; fewer, if the time is up."""
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", RUNNER, *folders],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    ) as running:  # fmt: skip
        try:
            printed, _ = running.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, 9)
            printed, _ = running.communicate()
    return [int(line) for line in printed.split()]
