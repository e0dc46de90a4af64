"""pyproject.toml, the three locks and environment.yml say the same."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = ["requirements.lock", "requirements-hub.lock", "requirements-dev.lock"]


def pins(lock):
    """Return (requirement, hashes) of each pin in a lock."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(), flags=re.M).replace("\\\n", "")
    for line in text.splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        yield Requirement(requirement), frozenset(hashes)


def wanted(*extras):
    """Return the direct requirements of the package with these extras, its own extras resolved."""
    for line in PROJECT["dependencies"] + [
        line for extra in extras for line in PROJECT["optional-dependencies"][extra]
    ]:
        requirement = Requirement(line)
        if requirement.name == PROJECT["name"]:
            yield from wanted(*requirement.extras)
        else:
            yield requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_and_hashes_everything(lock):
    found = list(pins(lock))
    assert len(found) > 50
    for requirement, hashes in found:
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_no_file(lock):
    text = (ROOT / lock).read_text()
    assert re.findall(r".*(?://|--index|--extra-index|--find-links|--trusted| @ ).*", text) == []


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("requirements.lock", []),
        ("requirements-hub.lock", ["grading", "hub"]),
        ("requirements-dev.lock", PROJECT["optional-dependencies"]),
    ],
)
def test_a_lock_pins_what_the_project_asks_for(lock, extras):
    versions = {}
    for requirement, _ in pins(lock):
        version = str(requirement.specifier).removeprefix("==")
        versions.setdefault(canonicalize_name(requirement.name), []).append(version)
    for requirement in wanted(*extras):
        pinned = versions.get(canonicalize_name(requirement.name), [])
        assert pinned, f"{requirement} is not in {lock}: run `make lock`"
        for version in pinned:
            assert version in requirement.specifier, f"{requirement}, {version}: run `make lock`"


def test_learners_and_hubs_have_what_a_contributor_tests_with():
    learner, hub, contributor = (
        {(pin.name, str(pin.specifier), hashes) for pin, hashes in pins(lock)} for lock in LOCKS
    )
    assert learner < hub < contributor


def test_a_learner_is_spared_what_only_others_need():
    assert not {"jupytext", "jupyterhub", "mypy", "playwright", "uv"} & {
        requirement.name for requirement, _ in pins(LOCKS[0])
    }


def test_what_is_installed_here_fits_together():
    command = [sys.executable, "-m", "uv", "pip", "check", "--python", sys.executable]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_environment_yml_asks_for_the_lock_and_a_python_that_the_project_allows():
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    (pip,) = (entry["pip"] for entry in dependencies if isinstance(entry, dict))
    (python,) = (entry for entry in dependencies if str(entry).startswith("python="))
    version = python.removeprefix("python=")
    assert pip == ["-r requirements.lock"]
    assert version in SpecifierSet(PROJECT["requires-python"])
    assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]
