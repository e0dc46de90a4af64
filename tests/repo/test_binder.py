"""Where a learner is alone: what Binder makes of the repository, and a laptop without a network.

Binder's engine and conda are not here. The rest is: what it reads is rendered by its own program,
the steps are run in an empty environment, and there the lessons are opened in JupyterLab.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.pipeline.course_copy import copy_repository, lend_environment

ROOT = Path(__file__).parents[2]
SIZE = 950e6  # bytes: what a learner downloads is to stay small
USE = """
import course, course.flights, sys
assert course.__file__.startswith(sys.prefix), course.__file__
january = course.flights.load_flights(months=[1])
print(len(january), "flights")
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """What a service that clones the repository has of it."""
    folder = tmp_path_factory.mktemp("clone") / "repository"
    copy_repository(folder)
    return folder


def wanted(repository):
    """Return the version of Python that environment.yml asks for."""
    return re.search(r"python=([\d.]+)", (repository / "environment.yml").read_text())[1]


@pytest.fixture(scope="module")
def python(repository):
    """The Python that environment.yml asks for; where it is not here, that of the tests."""
    known = subprocess.run(
        ["sh", ROOT / "tools/pythons"],
        env={**os.environ, "PYTHON": ""},
        capture_output=True,
        text=True,
    ).stdout
    found = dict(line.split(" ", 1) for line in known.splitlines())
    return found.get(wanted(repository), sys.executable)


@pytest.fixture(scope="module")
def environment(repository, python):
    """Variables of a learner whose programs are what Binder's steps install in an empty place."""
    home = repository.parent / "home"
    home.mkdir()
    venv = repository.parent / "venv"
    ours = ("VIRTUAL_ENV", "PYTHON", "PYTHONPATH", "MLOPS_COURSE_WORKSPACE")
    ours += ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")  # of `make test`
    variables = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith(("JUPYTER", "XDG", "PYTEST", "IPYTHON"))
    }
    variables |= {"HOME": str(home), "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([python, "-m", "venv", venv], check=True)
    (pip,) = [
        entry["pip"]
        for entry in yaml.safe_load((repository / "environment.yml").read_text())["dependencies"]
        if isinstance(entry, dict)
    ]
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", venv]
    install += ["--compile-bytecode", "--require-hashes"]  # as pip does
    for line in pip:
        subprocess.run([*install, *line.split()], cwd=repository, check=True)
    subprocess.run(["./postBuild"], cwd=repository, env=variables, check=True)
    return variables


def test_repo2docker_installs_the_lock_and_then_the_course(repository):
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(repository)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    dockerfile = result.stdout + result.stderr
    staged = dockerfile.index("COPY --chown=0:0 src/ ${REPO_DIR}/")
    installed = dockerfile.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"')
    finished = dockerfile.index("RUN ./postBuild")
    assert staged < installed < finished, "requirements.lock must be there before it is read"
    names = re.sub(r"-(2[de])", lambda match: chr(int(match[1], 16)), dockerfile)
    assert f"environment.py-{wanted(repository)}-linux" in names


def test_what_environment_yml_lists_installs_and_works(environment, tmp_path):
    result = subprocess.run(
        ["python", "-c", USE], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert result.stdout == "27004 flights\n", result.stderr
    command = ["mlops-course", "check", "nothing"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert result.returncode == 2
    assert "no course" in result.stderr


def test_what_is_installed_is_small(repository, environment, record_property):
    """All files of the environment, bytecode too; not its folders, whose size the disk decides."""
    files = [path for path in (repository.parent / "venv").rglob("*") if not path.is_symlink()]
    size = sum(path.stat().st_size for path in files if path.is_file())
    (lib,) = (repository.parent / "venv/lib").iterdir()
    asked = f"python{wanted(repository)}"
    instead = "" if lib.name == asked else f" for want of {asked}"
    record_property(
        "measured", f"a learner's environment, {lib.name}{instead}: {size / 1e6:.0f} MB"
    )
    assert size < SIZE


def test_lessons_open_and_run_without_a_network(repository, environment, tmp_path, record_property):
    """In the environment that was made above, with `make start` and Chromium beside it in a place
    that has a loopback and nothing else: `offline.py` has what is tried.
    """
    alone = without_network(tmp_path)
    if not shutil.which("chromium"):
        pytest.skip("chromium is not installed")
    if not shutil.which("bwrap") or subprocess.run([*alone, "true"]).returncode != 0:
        pytest.skip("bubblewrap is not installed, or may not take the network away here")
    lend_environment(repository, repository.parent / "venv", "requirements.lock")
    inside = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-q"]
    inside += ["-p", "no:cacheprovider", "-p", "no:xdist", ROOT / "tests/repo/offline.py"]
    result = subprocess.run(
        [*alone, *inside], cwd=repository, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert " skipped" not in result.stdout, result.stdout
    for line in result.stdout.splitlines():
        if "MiB" in line:
            record_property("measured", line)


def without_network(folder):
    """Return the start of a command whose rest has no network but its own loopback.

    Who asks there for an address asks the loopback, where the tests listen.
    """
    names = folder / "resolv.conf"
    names.write_text("nameserver 127.0.0.1\n")
    there = Path("/etc/resolv.conf").resolve()
    return [
        *("bwrap", "--dev-bind", "/", "/", "--ro-bind", names, there, "--unshare-net"),
        *("--cap-add", "CAP_NET_BIND_SERVICE", "--die-with-parent", "--"),
    ]
