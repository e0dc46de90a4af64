"""What Binder and conda do with the repository, as far as that goes without an engine or conda."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
USE = """
import course, course.flights, sys
assert course.__file__.startswith(sys.prefix), course.__file__
january = course.flights.load_flights(months=[1])
print(len(january), "flights")
"""


@pytest.fixture
def repository(tmp_path):
    """What a service that clones the repository has of it."""
    folder = tmp_path / "repository"
    folder.mkdir()
    for name in ("environment.yml", "postBuild", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    for name in ("README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "course", folder / "course")
    return folder


def test_repo2docker_installs_the_lock_and_then_the_course(repository):
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(repository)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    dockerfile = result.stdout + result.stderr
    staged = dockerfile.index("COPY --chown=0:0 src/ ${REPO_DIR}/")
    installed = dockerfile.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"')
    finished = dockerfile.index("RUN ./postBuild")
    assert staged < installed < finished, "requirements.lock must be there before it is read"
    python = re.search(r"python=([\d.]+)", (repository / "environment.yml").read_text())[1]
    names = re.sub(r"-(2[de])", lambda match: chr(int(match[1], 16)), dockerfile)
    assert f"environment.py-{python}-linux" in names


def test_what_environment_yml_lists_installs_through_pip_and_works(repository, tmp_path):
    venv = tmp_path / "venv"
    uv = [sys.executable, "-m", "uv"]
    python = str(venv / "bin" / "python")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHON")
    } | {"PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    (pip,) = [
        entry["pip"]
        for entry in yaml.safe_load((repository / "environment.yml").read_text())["dependencies"]
        if isinstance(entry, dict)
    ]
    install = [*uv, "pip", "install", "--quiet", "--python", python, "--require-hashes"]
    for line in pip:
        subprocess.run([*install, *line.split()], cwd=repository, check=True)
    subprocess.run(["./postBuild"], cwd=repository, env=environment, check=True)
    result = subprocess.run(
        [python, "-c", USE], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert result.stdout == "27004 flights\n", result.stderr
    command = [str(venv / "bin" / "mlops-course"), "check", "nothing"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert result.returncode == 2
    assert "no course" in result.stderr
