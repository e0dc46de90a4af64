"""From a clone to an environment: which Python, made how, repaired when, and what is said."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.base_prefix) / "bin" / "python3"
VERSION = sysconfig.get_python_version()
SHELL = ("sh", "make", "dirname", "head", "cut", "sed", "grep", "sort", "cat")


def write(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def provide(folder, *programs):
    folder.mkdir(exist_ok=True)
    for program in programs:
        (folder / Path(program).name).symlink_to(shutil.which(program) or program)


def pretend_python(version, path):
    """Return a script that passes for a Python of that version."""
    return f'[ "$1" = -c ] && echo "{version} {path}"'


class Clone:
    """A clone in a folder with a space in its name, on a machine with few programs."""

    def __init__(self, folder):
        self.folder = folder / "my courses" / "mlops"
        self.programs = folder / "bin"
        self.folder.mkdir(parents=True)
        provide(self.programs, *SHELL)
        shutil.copytree(ROOT / "tools", self.folder / "tools")
        shutil.copy(ROOT / "Makefile", self.folder)
        (self.folder / "course").mkdir()
        (self.folder / "course" / "__init__.py").write_text('"""A course."""\n')
        (self.folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n'
            '[project]\nname = "demo"\nversion = "1"\ndescription = "A course."\n'
            '[project.scripts]\nmlops-course = "course:main"\n[tool.flit.module]\nname = "course"\n'
        )
        self.lock("requirements.lock", "annotated-types")
        self.lock("requirements-dev.lock", "annotated-types", "iniconfig")

    def lock(self, name, *packages):
        blocks = (ROOT / "requirements-dev.lock").read_text().replace("\n    ", "\0").splitlines()
        kept = [block for block in blocks if block.split("==")[0] in packages]
        (self.folder / name).write_text("\n".join(kept).replace("\0", "\n    ") + "\n")

    def run(self, *command, **variables):
        kept = {name: value for name, value in os.environ.items() if "proxy" in name.lower()}
        kept |= {
            name: value
            for name, value in os.environ.items()
            if name.startswith(("PIP_", "UV_", "SSL"))
        }
        environment = (
            {"PATH": str(self.programs), "HOME": str(self.folder.parent)} | kept | variables
        )
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True
        )

    def installed(self, lock="requirements.lock", **variables):
        """Prepare the environment; return what is in it and whether it had to be made."""
        names = "import importlib.metadata as m; print(sorted(d.name for d in m.distributions()))"
        result = self.run("sh", "tools/run", lock, "python", "-c", names, **variables)
        assert result.returncode == 0, result.stderr
        found = {name for name in json.loads(result.stdout.replace("'", '"')) if name != "pip"}
        return found - {"setuptools"}, "Installing" in result.stderr

    def forbid_installing(self):
        for name in ("uv", "pip"):
            (self.programs / name).unlink(missing_ok=True)
            write(self.programs / name, "echo no network here >&2; exit 1")


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


@pytest.fixture
def equipped(clone):
    """A clone on a machine with this Python and uv."""
    provide(clone.programs, PYTHON, Path(sys.executable).with_name("uv"))
    return clone


# Which Python


def test_a_machine_without_python_is_told_what_to_do(clone):
    result = clone.run("make", "start")
    assert result.returncode != 0
    sentence, *rest = result.stderr.splitlines()
    assert "needs Python 3.11, 3.12 or 3.13: install one" in sentence
    assert all(line.startswith("make: ***") for line in rest)
    assert not (clone.folder / ".venv").exists()


def test_a_python_that_was_asked_for_and_does_not_serve_is_named(clone):
    write(clone.programs / "python3", pretend_python("3.12", "/somewhere/python3"))
    result = clone.run("make", "start", "PYTHON=python2.7")
    assert result.returncode != 0
    assert "python2.7 is no Python 3.11, 3.12 or 3.13 that runs" in result.stderr


def test_a_command_that_refuses_to_run_is_passed_over(clone):
    write(clone.programs / "python3", "echo pyenv: python3: command not found >&2; exit 127")
    write(clone.programs / "python3.12", pretend_python("3.12", "/somewhere/python3.12"))
    assert clone.run("sh", "tools/pythons").stdout == "3.12 /somewhere/python3.12\n"


def test_the_first_python_on_the_path_comes_first_and_pyenvs_are_found(clone):
    write(clone.programs / "python3", pretend_python("3.13", "/a/python3"))
    write(clone.programs / "python3.11", pretend_python("3.11", "/b/python3.11"))
    pyenv = clone.folder.parent / ".pyenv" / "versions" / "3.12.1" / "bin" / "python3"
    write(pyenv, pretend_python("3.12", pyenv))
    lines = clone.run("sh", "tools/pythons").stdout.splitlines()
    assert lines == ["3.13 /a/python3", "3.11 /b/python3.11", f"3.12 {pyenv}"]


@pytest.mark.parametrize(
    ("version", "served"), [("(3, 10)", False), ("(3, 14)", False), ("(3, 13)", True)]
)
def test_a_python_too_old_or_too_new_is_passed_over(clone, version, served):
    real = f"exec \"{PYTHON}\" -c \"import sys; sys.version_info = {version}; exec('''$2''')\""
    write(clone.programs / "python3", real)
    assert bool(clone.run("sh", "tools/pythons").stdout) is served


# Made how, and when


def test_the_first_run_installs_and_the_second_needs_nothing(equipped):
    assert equipped.installed() == ({"annotated-types", "demo"}, True)
    equipped.forbid_installing()
    assert equipped.installed() == ({"annotated-types", "demo"}, False)


def test_pip_serves_where_there_is_no_uv(clone):
    provide(clone.programs, PYTHON)
    assert clone.installed() == ({"annotated-types", "demo"}, True)


def test_a_contributors_environment_serves_a_learner_and_is_left_alone(equipped):
    both = {"annotated-types", "iniconfig", "demo"}
    assert equipped.installed("requirements.lock") == ({"annotated-types", "demo"}, True)
    assert equipped.installed("requirements-dev.lock") == (both, True)
    equipped.forbid_installing()
    assert equipped.installed("requirements.lock") == (both, False)
    assert equipped.installed("requirements-dev.lock") == (both, False)


def test_a_new_lock_is_installed(equipped):
    equipped.installed()
    equipped.lock("requirements.lock", "annotated-types", "pluggy")
    assert equipped.installed() == ({"annotated-types", "pluggy", "demo"}, True)


def test_an_interrupted_installation_is_repaired_by_the_next(equipped):
    equipped.installed()
    uv = equipped.programs / "uv"
    real = uv.resolve()
    uv.unlink()
    write(uv, "kill -9 $PPID")
    equipped.lock("requirements.lock", "annotated-types", "pluggy")
    assert equipped.run("sh", "tools/run", "requirements.lock", "true").returncode != 0
    package = equipped.folder / f".venv/lib/python{VERSION}/site-packages/annotated_types"
    (package / "__init__.py").unlink()
    uv.unlink()
    provide(equipped.programs, real)
    assert equipped.installed() == ({"annotated-types", "pluggy", "demo"}, True)
    assert (package / "__init__.py").is_file()


def test_an_installation_that_fails_says_so_in_a_sentence(equipped):
    equipped.forbid_installing()
    result = equipped.run("sh", "tools/run", "requirements.lock", "true")
    assert result.returncode != 0
    reason, sentence = result.stderr.splitlines()[-2:]
    assert reason == "no network here"
    assert "could not be installed in .venv" in sentence
    assert "run the same command again" in sentence


def test_a_moved_clone_makes_its_environment_anew(equipped):
    equipped.lock("requirements.lock", "pygments")
    equipped.installed()
    equipped.folder = equipped.folder.rename(equipped.folder.with_name("moved"))
    assert equipped.installed() == ({"Pygments", "demo"}, True)
    command = equipped.run("sh", "tools/run", "requirements.lock", "pygmentize", "-V")
    assert command.returncode == 0, command.stderr


def test_another_python_has_an_environment_of_its_own(equipped):
    equipped.installed()
    before = (equipped.folder / ".venv" / "course.json").read_text()
    found, made = equipped.installed(PYTHON=str(PYTHON))
    assert (found, made) == ({"annotated-types", "demo"}, True)
    assert (equipped.folder / f".venv-{VERSION}" / "bin" / "python").exists()
    assert (equipped.folder / ".venv" / "course.json").read_text() == before


# What else is needed


def test_missing_programs_are_named_to_someone_who_may_not_install_them(clone):
    write(clone.programs / "id", "echo 1000")
    write(clone.programs / "apt-get", "echo only root may")
    result = clone.run("sh", "tools/programs")
    assert result.returncode == 0
    wanted = "chromium bubblewrap postgresql npm configurable-http-proxy@5.1.0"
    assert result.stdout.startswith(f"Not installed here: {wanted}. The tests")


def test_root_has_missing_programs_installed(clone):
    write(clone.programs / "id", "echo 0")
    write(clone.programs / "bwrap", "")
    write(clone.programs / "apt-get", 'echo "apt-get $*"')
    write(clone.programs / "npm", 'echo "npm $*"')
    *_, system, proxy = clone.run("sh", "tools/programs").stdout.splitlines()
    assert system.startswith("apt-get install")
    assert system.endswith(" chromium postgresql")
    assert proxy.startswith("npm install")
    assert proxy.endswith(" configurable-http-proxy@5.1.0")


def test_programs_that_are_there_are_left_alone(clone):
    write(clone.programs / "id", "echo 0")
    for name in ("chromium", "bwrap", "pg_ctlcluster", "npm", "configurable-http-proxy"):
        write(clone.programs / name, "")
    write(clone.programs / "apt-get", 'echo "apt-get $*"')
    assert clone.run("sh", "tools/programs").stdout == ""


def test_make_lists_its_goals(clone):
    listed = {line.split()[1] for line in clone.run("make").stdout.splitlines()}
    assert {"start", "test", "build", "class", "lint", "lock", "help"} <= listed
